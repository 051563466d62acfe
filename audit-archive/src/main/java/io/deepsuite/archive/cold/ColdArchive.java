package io.deepsuite.archive.cold;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.archive.place.ArchivePlace;
import io.deepsuite.archive.place.Sha256;
import io.deepsuite.proof.bundle.BundleVerifier;
import io.deepsuite.proof.bundle.Verdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** A folder for each month, in which are {@code bundle.ndjson.gz} and, written last, {@code manifest.json}. Without the latter there is no archive. */
public final class ColdArchive implements AutoCloseable {

    static final String BUNDLE = "bundle.ndjson.gz";
    static final String MANIFEST = "manifest.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ArchivePlace place;
    private final BundleVerifier verifier;

    /** @param verifier has the public keys of the logs, which come from elsewhere than the database */
    public ColdArchive(ArchivePlace place, BundleVerifier verifier) {
        this.place = place;
        this.verifier = verifier;
    }

    /** Writes a bundle as a draft, which no reader takes for a finished one. */
    Manifest.ArchivedFile write(YearMonth month, BundleSource source) throws IOException {
        var draft = place.draft(name(month, BUNDLE));
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
            source.writeTo(out);
        }
        return describe(Files.newInputStream(draft));
    }

    /**
     * Reads a written bundle back, as an auditor would, and finishes the month when it is valid. What an earlier run, which ended in between, left there is taken
     * when it is the same but for its time.
     *
     * @param manifest what was written
     * @return SHA-256 of the manifest that is there
     * @throws ArchiveException if what is read is not what was written, or not valid, or something else is there
     */
    byte[] finish(YearMonth month, Manifest manifest) throws IOException {
        var name = name(month, BUNDLE);
        var draft = place.draft(name);
        if (!describe(Files.newInputStream(draft)).equals(manifest.bundle())) {
            throw notWritten(month);
        }
        var valid = requireValid(month, Files.newInputStream(draft), manifest.events());
        boolean kept = place.keep(name);
        var bundle = describe(place.open(name));
        if (!bundle.equals(manifest.bundle())) {
            if (kept) {
                throw notWritten(month);
            }
            requireSame(month, valid, manifest.events());
        }
        return finish(month, MAPPER.writeValueAsBytes(manifest.with(bundle)));
    }

    private byte[] finish(YearMonth month, byte[] text) throws IOException {
        var name = name(month, MANIFEST);
        Files.write(place.draft(name), text);
        boolean kept = place.keep(name);
        byte[] there = read(name);
        if (!Arrays.equals(there, text)) {
            if (kept) {
                throw notWritten(month);
            }
            var wanted = MAPPER.readValue(text, Manifest.class);
            if (!MAPPER.readValue(there, Manifest.class).at(wanted.created()).equals(wanted)) {
                throw occupied(month, name);
            }
        }
        return Sha256.digest().digest(there);
    }

    /** Proofs of the same leaves, against the same checkpoints: the events are the same. */
    private void requireSame(YearMonth month, Verdict.Valid wanted, long events) throws IOException {
        var name = name(month, BUNDLE);
        Verdict.Valid there;
        try {
            there = requireValid(month, place.open(name), events);
        } catch (ArchiveException | EOFException | ZipException _) {
            throw occupied(month, name);
        }
        if (!there.logs().equals(wanted.logs())
                || there.withheld() != wanted.withheld()
                || !there.absent().equals(wanted.absent())) {
            throw occupied(month, name);
        }
    }

    private ArchiveException occupied(YearMonth month, String name) {
        return new ArchiveException(
                "month %s: %s is there already, and is another (expected: nothing, or this month; it is not overwritten)"
                        .formatted(month, place.location(name)));
    }

    private static ArchiveException notWritten(YearMonth month) {
        return new ArchiveException("month " + month + ": the file read back is not the file that was written");
    }

    /**
     * Reads a month again, and verifies it again.
     *
     * @param digest SHA-256 of its manifest, as it was recorded
     * @throws ArchiveException if it is not what was recorded, or not valid
     */
    Manifest verified(YearMonth month, byte[] digest) throws IOException {
        byte[] text = read(name(month, MANIFEST));
        if (!MessageDigest.isEqual(Sha256.digest().digest(text), digest)) {
            throw new ArchiveException("month " + month + ": the manifest is not the one that was recorded");
        }
        var manifest = MAPPER.readValue(text, Manifest.class);
        if (!describe(place.open(name(month, BUNDLE))).equals(manifest.bundle())) {
            throw new ArchiveException("month " + month + ": the bundle is not the one of its manifest");
        }
        requireValid(month, place.open(name(month, BUNDLE)), manifest.events());
        return manifest;
    }

    /** The bundle of a month, as it was before it was compressed. */
    InputStream open(YearMonth month) throws IOException {
        return unpacked(place.open(name(month, BUNDLE)));
    }

    /** Where the month is, for people. */
    String location(YearMonth month) {
        return place.location(name(month, ""));
    }

    @Override
    public void close() {
        place.close();
    }

    private Verdict.Valid requireValid(YearMonth month, InputStream file, long events) throws IOException {
        Verdict verdict;
        try (var in = unpacked(file)) {
            verdict = verifier.verify(in);
        }
        return switch (verdict) {
            case Verdict.Valid valid -> {
                if (valid.events() != events) {
                    throw new ArchiveException("month %s: %d events in the bundle (expected: %d)"
                            .formatted(month, valid.events(), events));
                }
                yield valid;
            }
            case Verdict.Incomplete incomplete ->
                throw new ArchiveException("month %s: %d leaves are in another archive (expected: none)"
                        .formatted(month, incomplete.leaves()));
            case Verdict.Invalid invalid ->
                throw new ArchiveException("month %s: %s: %s".formatted(month, invalid.place(), invalid.fault()));
        };
    }

    private byte[] read(String name) throws IOException {
        try (var in = place.open(name)) {
            return in.readAllBytes();
        }
    }

    private static String name(YearMonth month, String file) {
        return "audit-events/" + month + "/" + file;
    }

    /** The file is closed with what is returned, or when it is no such file. */
    private static InputStream unpacked(InputStream file) throws IOException {
        try {
            return new GZIPInputStream(new BufferedInputStream(file));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static Manifest.ArchivedFile describe(InputStream file) throws IOException {
        var digest = Sha256.digest();
        long bytes;
        try (InputStream in = new DigestInputStream(file, digest)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        return new Manifest.ArchivedFile(BUNDLE, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** Writes the bundle when it is asked to. */
    @FunctionalInterface
    interface BundleSource {
        /** Writes it. @throws IOException if it cannot be written */
        void writeTo(OutputStream out) throws IOException;
    }
}
