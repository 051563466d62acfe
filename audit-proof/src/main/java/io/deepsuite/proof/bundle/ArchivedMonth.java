package io.deepsuite.proof.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** An archived month: a folder with {@code manifest.json} and {@code bundle.ndjson.gz}. Each log of it is read once, from top to bottom, as leaves are asked for. */
final class ArchivedMonth implements AutoCloseable {

    private static final String MANIFEST = "manifest.json";
    private static final String BUNDLE = "bundle.ndjson.gz";
    private static final String DIGEST = "sha256";
    private static final JsonFactory JSON = new JsonFactory();

    private final Path bundle;
    private final Map<String, Cursor> cursors = new HashMap<>();

    private ArchivedMonth(Path bundle) {
        this.bundle = bundle;
    }

    /**
     * Finds the month, and compares its files with what was recorded.
     *
     * @param folders of archives, the first of which that has the month counts
     * @throws Refusal if no folder has it, or it is another than the one that was recorded
     */
    static ArchivedMonth open(List<Path> folders, BundleLine.Archive archive) throws IOException {
        var place = ArchivedLeaves.place(archive.month());
        var folder = folders.stream()
                .flatMap(root ->
                        List.of(root.resolve("audit-events").resolve(archive.month()), root.resolve(archive.month()))
                                .stream())
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() ->
                        new Refusal(place, "it is not in %s, and events are said to be there".formatted(folders)));
        var manifest = folder.resolve(MANIFEST);
        requireDigest(place, manifest, archive.manifest());
        requireDigest(place, folder.resolve(BUNDLE), bundleDigest(manifest));
        return new ArchivedMonth(folder.resolve(BUNDLE));
    }

    /** The event at a place of a log; empty when the month has none there. */
    Optional<BundleLine.Event> find(String origin, long leaf) throws IOException {
        var cursor = cursors.get(origin);
        if (cursor == null || cursor.passed(leaf)) {
            if (cursor != null) {
                cursor.close();
            }
            cursor = new Cursor(bundle, origin);
            cursors.put(origin, cursor);
        }
        return cursor.find(leaf);
    }

    @Override
    public void close() {
        cursors.values().forEach(Cursor::close);
    }

    private static void requireDigest(String place, Path file, String expected) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        var found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(expected)) {
            throw new Refusal(place, "%s has SHA-256 %s (expected: %s)".formatted(file.getFileName(), found, expected));
        }
    }

    /** Digest of the bundle, as the manifest has it. */
    private static String bundleDigest(Path manifest) throws IOException {
        try (var json = JSON.createParser(manifest.toFile())) {
            for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.VALUE_STRING && DIGEST.equals(json.currentName())) {
                    return json.getText();
                }
            }
        }
        throw new IOException(MANIFEST + ": no " + DIGEST + " of a file");
    }

    /** Goes through a log's run. */
    private static final class Cursor implements AutoCloseable {

        private final InputStream in;
        private final JsonParser json;
        private long next;

        Cursor(Path bundle, String origin) throws IOException {
            in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(bundle)));
            json = JSON.createParser(in);
            next = Long.MAX_VALUE; // there is no such log
            for (var line = BundleLine.read(json); line != null; line = BundleLine.read(json)) {
                if (line instanceof BundleLine.RangeStart start
                        && start.origin().equals(origin)) {
                    next = start.from();
                    break;
                }
            }
        }

        boolean passed(long leaf) {
            return next != Long.MAX_VALUE && leaf < next;
        }

        Optional<BundleLine.Event> find(long leaf) throws IOException {
            while (next <= leaf) {
                var line = BundleLine.read(json);
                if (line == null || line instanceof BundleLine.RangeEnd) {
                    next = Long.MAX_VALUE;
                } else if (isLeaf(line) && next++ == leaf) {
                    return line instanceof BundleLine.Event event ? Optional.of(event) : Optional.empty();
                }
            }
            return Optional.empty();
        }

        private static boolean isLeaf(@Nullable BundleLine line) {
            return line instanceof BundleLine.Event
                    || line instanceof BundleLine.Withheld
                    || line instanceof BundleLine.Lost
                    || line instanceof BundleLine.Archived;
        }

        @Override
        public void close() {
            try {
                json.close();
                in.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
