package io.deepsuite.archive.folder;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.archive.place.ArchivePlace;
import io.deepsuite.archive.place.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the files of a folder that have an age to the archive, and removes those that are there. A copy's name has the SHA-256 of its file, so a file that changes
 * after it was copied gets another copy, and which files are done needs no record. Links are left alone. One file that cannot go does not hold up the others.
 */
public final class FolderArchiver {

    private static final Logger LOGGER = LoggerFactory.getLogger(FolderArchiver.class);

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final String prefix;
    private final Path folder;
    private final ArchivePlace place;
    private final InstantSource clock;

    /** @param prefix below which the copies are, with a slash at its end */
    public FolderArchiver(String prefix, Path folder, ArchivePlace place, InstantSource clock) {
        this.prefix = prefix;
        this.folder = folder;
        this.place = place;
        this.clock = clock;
    }

    /**
     * What a run did.
     *
     * @param done files that were copied or removed
     * @param failed files that could not be, and stay; each was logged
     */
    public record Outcome(int done, int failed) {}

    /**
     * Copies what is not there yet, reads each copy back, and writes a manifest of them.
     *
     * @throws IOException if the folder cannot be read, or the manifest not be kept
     */
    public Outcome archive(Period age) throws IOException {
        var copies = new ArrayList<FolderManifest.Copy>();
        int failed = 0;
        for (var file : due(age)) {
            try {
                var source = read(file);
                if (!place.has(source.name())) {
                    copy(file, source);
                    requireSame(source);
                    copies.add(source);
                }
            } catch (IOException e) {
                LOGGER.error("not archived: {}: {}", file, e.getMessage());
                failed++;
            }
        }
        if (!copies.isEmpty()) {
            keepManifest(copies);
        }
        return new Outcome(copies.size(), failed);
    }

    /**
     * Removes what is in the archive: each copy is read, and is that of the file as it is now.
     *
     * @throws IOException if the folder cannot be read
     */
    public Outcome delete(Period age) throws IOException {
        int done = 0;
        int failed = 0;
        for (var file : due(age)) {
            try {
                var source = read(file);
                requireSame(source);
                if (!modified(file).equals(source.modified()) || Files.size(file) != source.bytes()) {
                    throw new IOException("it changed meanwhile");
                }
                Files.delete(file);
                done++;
            } catch (IOException e) {
                LOGGER.error("not removed: {}: {}", file, e.getMessage());
                failed++;
            }
        }
        return new Outcome(done, failed);
    }

    private List<Path> due(Period age) throws IOException {
        var before = clock.instant().atOffset(ZoneOffset.UTC).minus(age).toInstant();
        try (var files = Files.walk(folder)) {
            var due = new ArrayList<Path>();
            for (var file : files.filter(each -> Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList()) {
                if (!Files.getLastModifiedTime(file).toInstant().isAfter(before)) {
                    due.add(file);
                }
            }
            return due;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private FolderManifest.Copy read(Path file) throws IOException {
        var path = folder.relativize(file).toString();
        var modified = modified(file);
        var digest = Sha256.digest();
        long bytes;
        try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
            bytes = in.transferTo(OutputStream.nullOutputStream());
        }
        var hash = HexFormat.of().formatHex(digest.digest());
        return new FolderManifest.Copy(path, modified, bytes, hash, prefix + path + "." + hash + ".gz");
    }

    private void copy(Path file, FolderManifest.Copy source) throws IOException {
        var draft = place.draft(source.name());
        try (var out = new GZIPOutputStream(Files.newOutputStream(draft))) {
            Files.copy(file, out);
        }
        requireSame(source, Files.newInputStream(draft), "it changed while it was read");
        place.keep(source.name());
    }

    private void requireSame(FolderManifest.Copy source) throws IOException {
        requireSame(
                source,
                place.open(source.name()),
                "its copy " + place.location(source.name()) + " is not the file (expected: SHA-256 " + source.sha256()
                        + ")");
    }

    private static void requireSame(FolderManifest.Copy source, InputStream packed, String otherwise)
            throws IOException {
        var digest = Sha256.digest();
        try (packed;
                var in = new DigestInputStream(new GZIPInputStream(new BufferedInputStream(packed)), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(source.sha256())) {
            throw new IOException(otherwise);
        }
    }

    private void keepManifest(List<FolderManifest.Copy> copies) throws IOException {
        var created = clock.instant().toString();
        var name = prefix + "manifest-" + created.replace(':', '-') + ".json";
        byte[] text = MAPPER.writeValueAsBytes(new FolderManifest(FolderManifest.FORMAT, prefix, created, copies));
        Files.write(place.draft(name), text);
        if (!place.keep(name)) {
            throw new IOException(
                    place.location(name) + " is there already (expected: nothing; it is not overwritten)");
        }
    }

    private static String modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().toString();
    }
}
