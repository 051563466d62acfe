package io.deepsuite.archive.cold;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.proof.bundle.BundleVerifier;
import io.deepsuite.proof.bundle.Verdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A folder with a folder for each month, in which are {@code bundle.ndjson.gz} and {@code manifest.json}. */
public final class ColdDirectory {

    static final String BUNDLE = "bundle.ndjson.gz";
    static final String MANIFEST = "manifest.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path root;
    private final BundleVerifier verifier;

    /** @param verifier has the public keys of the logs, which come from elsewhere than the database */
    public ColdDirectory(Path root, BundleVerifier verifier) {
        this.root = root;
        this.verifier = verifier;
    }

    /** Writes a bundle, to the disk, under a name that no reader takes for a finished one. */
    Manifest.ArchivedFile write(YearMonth month, BundleSource source) throws IOException {
        var file = folder(month).resolve(BUNDLE + ".part");
        Files.createDirectories(file.getParent());
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            source.writeTo(out);
        }
        force(file, StandardOpenOption.WRITE);
        return describe(file);
    }

    /**
     * Reads a written bundle back, as an auditor would, and finishes the month when it is valid.
     *
     * @param manifest what was written
     * @return SHA-256 of the manifest
     * @throws ArchiveException if what is read is not what was written, or not valid
     */
    byte[] finish(YearMonth month, Manifest manifest) throws IOException {
        var part = folder(month).resolve(BUNDLE + ".part");
        if (!describe(part).equals(manifest.bundle())) {
            throw new ArchiveException("month " + month + ": the file read back is not the file that was written");
        }
        requireValid(month, part, manifest.events());
        var text = MAPPER.writeValueAsBytes(manifest);
        var manifestPart = folder(month).resolve(MANIFEST + ".part");
        Files.write(manifestPart, text);
        force(manifestPart, StandardOpenOption.WRITE);
        move(part, folder(month).resolve(BUNDLE));
        move(manifestPart, folder(month).resolve(MANIFEST));
        force(folder(month), StandardOpenOption.READ);
        return sha256().digest(text);
    }

    /**
     * Reads a month again, and verifies it again.
     *
     * @param digest SHA-256 of its manifest, as it was recorded
     * @throws ArchiveException if it is not what was recorded, or not valid
     */
    Manifest verified(YearMonth month, byte[] digest) throws IOException {
        byte[] text = Files.readAllBytes(folder(month).resolve(MANIFEST));
        if (!MessageDigest.isEqual(sha256().digest(text), digest)) {
            throw new ArchiveException("month " + month + ": the manifest is not the one that was recorded");
        }
        var manifest = MAPPER.readValue(text, Manifest.class);
        if (!describe(folder(month).resolve(BUNDLE)).equals(manifest.bundle())) {
            throw new ArchiveException("month " + month + ": the bundle is not the one of its manifest");
        }
        requireValid(month, folder(month).resolve(BUNDLE), manifest.events());
        return manifest;
    }

    /** The bundle of a month, as it was before it was compressed. */
    InputStream open(YearMonth month) throws IOException {
        return new GZIPInputStream(
                new BufferedInputStream(Files.newInputStream(folder(month).resolve(BUNDLE))));
    }

    /** Where the month is, for people. */
    String location(YearMonth month) {
        return folder(month).toAbsolutePath().toUri().toString();
    }

    private void requireValid(YearMonth month, Path file, long events) throws IOException {
        Verdict verdict;
        try (InputStream in = new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            verdict = verifier.verify(in);
        }
        switch (verdict) {
            case Verdict.Valid valid -> {
                if (valid.events() != events) {
                    throw new ArchiveException("month %s: %d events in the bundle (expected: %d)"
                            .formatted(month, valid.events(), events));
                }
            }
            case Verdict.Incomplete incomplete ->
                throw new ArchiveException("month %s: %d leaves are in another archive (expected: none)"
                        .formatted(month, incomplete.leaves()));
            case Verdict.Invalid invalid ->
                throw new ArchiveException("month %s: %s: %s".formatted(month, invalid.place(), invalid.fault()));
        }
    }

    private Path folder(YearMonth month) {
        return root.resolve("audit-events").resolve(month.toString());
    }

    private static Manifest.ArchivedFile describe(Path file) throws IOException {
        var digest = sha256();
        long bytes;
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        return new Manifest.ArchivedFile(BUNDLE, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException _) { // a file system over an object store
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (var channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Writes the bundle when it is asked to. */
    @FunctionalInterface
    interface BundleSource {
        /** Writes it. @throws IOException if it cannot be written */
        void writeTo(OutputStream out) throws IOException;
    }
}
