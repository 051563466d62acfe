package io.deepsuite.proof.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.deepsuite.proof.merkle.TreeHash;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One line of a bundle, typed. */
sealed interface BundleLine {

    /**
     * First line.
     *
     * @param version format of the bundle
     * @param created when it was made (UTC), as its maker says
     */
    record Header(String version, Instant created) implements BundleLine {}

    /** An unbroken run begins. */
    record RangeStart(String origin, long from, List<TreeHash> peaks) implements BundleLine {}

    /**
     * The next event of a run.
     *
     * @param leaf its leaf hash
     * @param source where it was written; null if that cannot be read
     * @param sealed leaf hash that was sealed in its place, where the event has another one
     */
    record Event(
            TreeHash leaf,
            @Nullable EventSource source,
            @Nullable TreeHash sealed) implements BundleLine {}

    /** The next leaf of a run, whose event the store no longer has. */
    record Lost(TreeHash leaf) implements BundleLine {}

    /**
     * Names the archive of a month.
     *
     * @param month such as {@code 2026-08}
     * @param manifest SHA-256 of its manifest, lower-case hex
     * @param location where it is said to be, for people
     */
    record Archive(String month, String manifest, String location) implements BundleLine {

        /** Written out, for it is asked for every archived leaf: that of a record is interpreted in an executable, and takes hundreds of times as long. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Archive that
                    && month.equals(that.month)
                    && manifest.equals(that.manifest)
                    && location.equals(that.location);
        }
    }

    /**
     * The next leaf of a run, whose event has been moved to an archive.
     *
     * @param leaf leaf hash in the tree
     * @param month month of an archive that was named before
     */
    record Archived(TreeHash leaf, String month) implements BundleLine {}

    /** A checkpoint of what the run has reached. */
    record Signed(String note) implements BundleLine {}

    /**
     * The next leaf of a run, without its event.
     *
     * @param leaf leaf hash of the event
     * @param sealed leaf hash that was sealed in its place, where the event has another one
     */
    record Withheld(TreeHash leaf, @Nullable TreeHash sealed) implements BundleLine {}

    /** A run ends. */
    record RangeEnd(long to, List<TreeHash> path, String note) implements BundleLine {}

    /** A choice begins. */
    record ChoiceStart(String origin, String note) implements BundleLine {}

    /**
     * A chosen event.
     *
     * @param hash its leaf hash
     */
    record Chosen(TreeHash hash, long leaf, List<TreeHash> path) implements BundleLine {}

    /** A choice ends. */
    record ChoiceEnd(long count) implements BundleLine {}

    /**
     * Last line.
     *
     * @param leaves leaves of the whole bundle
     */
    record End(long leaves) implements BundleLine {}

    /**
     * Reads the next line.
     *
     * @return the line, or null at the end of the text
     * @throws IOException when it is not JSON, or not a line of a bundle
     */
    static @Nullable BundleLine read(JsonParser json) throws IOException {
        JsonToken start = json.nextToken();
        if (start == null) {
            return null;
        }
        if (start != JsonToken.START_OBJECT) {
            throw new IOException("found %s (expected: a JSON object)".formatted(start));
        }
        var fields = new Fields();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            fields.read(json);
        }
        return fields.toLine();
    }

    /** Fields of a line before it is known which line it is. */
    final class Fields {

        /** A month becomes part of a path. */
        private static final Pattern MONTHS = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");

        private static final Pattern DIGESTS = Pattern.compile("[0-9a-f]{64}");

        private @Nullable String version;
        private @Nullable Instant created;
        private @Nullable TreeHash withheld;
        private @Nullable TreeHash lost;
        private @Nullable TreeHash sealed;
        private @Nullable TreeHash archived;
        private @Nullable String archive;
        private @Nullable String month;
        private @Nullable String manifest;
        private String location = "";
        private @Nullable String origin;
        private @Nullable String note;
        private byte @Nullable [] event;
        private @Nullable Long from;
        private @Nullable Long to;
        private @Nullable Long leaf;
        private @Nullable Long count;
        private @Nullable Long end;
        private List<TreeHash> hashes = List.of();

        private void read(JsonParser json) throws IOException {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case BundleFormat.EVENT -> event = json.getBinaryValue();
                case BundleFormat.BUNDLE -> version = json.getText();
                case BundleFormat.CREATED -> created = readTime(json);
                case BundleFormat.WITHHELD -> withheld = readHash(json);
                case BundleFormat.LOST -> lost = readHash(json);
                case BundleFormat.SEALED -> sealed = readHash(json);
                case BundleFormat.ARCHIVED -> archived = readHash(json);
                case BundleFormat.ARCHIVE -> archive = readText(json, MONTHS, "a month such as 2026-08");
                case BundleFormat.MONTH -> month = readText(json, MONTHS, "a month such as 2026-08");
                case BundleFormat.MANIFEST -> manifest = readText(json, DIGESTS, "SHA-256 in lower-case hex");
                case BundleFormat.LOCATION -> location = json.getText();
                case BundleFormat.LOG -> origin = json.getText();
                case BundleFormat.CHECKPOINT -> note = json.getText();
                case BundleFormat.FROM -> from = json.getLongValue();
                case BundleFormat.TO -> to = json.getLongValue();
                case BundleFormat.LEAF -> leaf = json.getLongValue();
                case BundleFormat.CHOSEN -> count = json.getLongValue();
                case BundleFormat.END -> end = json.getLongValue();
                case BundleFormat.PEAKS, BundleFormat.CONSISTENCY, BundleFormat.INCLUSION -> hashes = readHashes(json);
                default -> throw new IOException("unknown field '%s'".formatted(field));
            }
        }

        private BundleLine toLine() throws IOException {
            if (event != null) {
                TreeHash hash = TreeHash.ofLeaf(event);
                return leaf == null
                        ? new Event(hash, EventSource.read(event).orElse(null), sealed)
                        : new Chosen(hash, leaf, hashes);
            }
            if (withheld != null) {
                return new Withheld(withheld, sealed);
            }
            if (lost != null) {
                return new Lost(lost);
            }
            if (archived != null && month != null) {
                return new Archived(archived, month);
            }
            if (archive != null && manifest != null) {
                return new Archive(archive, manifest, location);
            }
            return toFrame();
        }

        /** What stands around leaves. */
        private BundleLine toFrame() throws IOException {
            if (origin != null && from != null) {
                return new RangeStart(origin, from, hashes);
            }
            if (origin != null && note != null) {
                return new ChoiceStart(origin, note);
            }
            if (to != null && note != null) {
                return new RangeEnd(to, hashes, note);
            }
            if (note != null) {
                return new Signed(note);
            }
            if (count != null) {
                return new ChoiceEnd(count);
            }
            if (version != null) {
                if (created == null) {
                    throw new IOException("created: nothing (expected: a time in UTC)");
                }
                return new Header(version, created);
            }
            if (end != null) {
                return new End(end);
            }
            throw new IOException("not a line of a bundle");
        }

        private static String readText(JsonParser json, Pattern pattern, String expected) throws IOException {
            var field = json.currentName();
            var text = json.getText();
            if (!pattern.matcher(text).matches()) {
                throw new IOException("%s: '%s' (expected: %s)".formatted(field, text, expected));
            }
            return text;
        }

        private static List<TreeHash> readHashes(JsonParser json) throws IOException {
            List<TreeHash> hashes = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                hashes.add(readHash(json));
            }
            return hashes;
        }

        private static TreeHash readHash(JsonParser json) throws IOException {
            try {
                return TreeHash.of(json.getBinaryValue());
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        private static Instant readTime(JsonParser json) throws IOException {
            try {
                return Instant.parse(json.getText());
            } catch (DateTimeException e) {
                throw new IOException("created: '%s' (expected: a time in UTC)".formatted(json.getText()), e);
            }
        }
    }
}
