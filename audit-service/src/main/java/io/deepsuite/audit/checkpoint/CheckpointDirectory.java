package io.deepsuite.audit.checkpoint;

import io.deepsuite.proof.note.NoteVerifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checkpoints as files, each written once, forced to disk and read-only from then on: {@code <origin>/<size, 20 digits>.checkpoint}, and the public keys as
 * {@code keys/<name>+<id>.vkey}.
 */
@ApplicationScoped
public class CheckpointDirectory {

    private static final String SUFFIX = ".checkpoint";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

    /** How long a folder must have been left alone before its time tells the next change from the last: coarse file systems count in seconds. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private final Path root;
    private final InstantSource clock;

    /** What was found in the logs' folders: they grow for ever, and are listed only when somebody has written to them since. */
    private final Map<String, Listing> listings = new ConcurrentHashMap<>();

    CheckpointDirectory(CheckpointConfig config, InstantSource clock) {
        root = config.directory();
        this.clock = clock;
    }

    /**
     * Writes a checkpoint, unless it is there already.
     *
     * @throws IOException when it cannot be written, or another one of this size is there
     */
    void publish(SignedCheckpoint signed) throws IOException {
        var origin = signed.checkpoint().origin();
        writeOnce(folder(origin).resolve(String.format(Locale.ROOT, "%020d%s", signed.size(), SUFFIX)), signed.note());
    }

    /** Writes the public keys, unless they are there already. */
    void publish(List<NoteVerifier> keys) throws IOException {
        for (var key : keys) {
            var name = "%s+%s.vkey"
                    .formatted(
                            key.name().replaceAll("[^A-Za-z0-9._-]", "_"),
                            HexFormat.of().toHexDigits(key.keyId()));
            writeOnce(root.resolve("keys").resolve(name), key.toText() + "\n");
        }
    }

    /**
     * All logs of an installation that have a folder, by number; a folder may still be empty.
     *
     * @param name of the installation's logs
     */
    public NavigableSet<Integer> logs(String name) throws IOException {
        try (Stream<Path> folders = Files.list(folder(name))) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(NUMBER.asMatchPredicate())
                    .map(Integer::valueOf)
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (NoSuchFileException _) {
            return new TreeSet<>();
        }
    }

    /** The largest checkpoint of a log, whoever has written it. */
    Optional<SignedCheckpoint> newest(String origin) throws IOException {
        try {
            var changed =
                    Files.getLastModifiedTime(folder(origin)); // before the list: what comes meanwhile changes it again
            var known = listings.get(origin);
            if (known != null && known.changed().equals(changed)) {
                return known.newest();
            }
            var newest = list(folder(origin));
            if (changed.toInstant().isBefore(clock.instant().minus(SETTLED))) {
                listings.put(origin, new Listing(changed, newest));
            }
            return newest;
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private static Optional<SignedCheckpoint> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var newest = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .max(String::compareTo);
            return newest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(SignedCheckpoint.parse(Files.readString(folder.resolve(newest.get()))));
        }
    }

    private record Listing(FileTime changed, Optional<SignedCheckpoint> newest) {}

    private Path folder(String origin) {
        return root.resolve(origin);
    }

    /** The file appears whole or not at all, and never again: a hard link does not replace. */
    private static void writeOnce(Path file, String text) throws IOException {
        if (Files.exists(file)) {
            requireSame(file, text);
            return;
        }
        Files.createDirectories(file.getParent());
        var draft = Files.createTempFile(file.getParent(), ".", ".draft");
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r--r--"));
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            requireSame(file, text);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (var folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void requireSame(Path file, String text) throws IOException {
        if (!Files.readString(file).equals(text)) {
            throw new IOException(file + " is there with another content");
        }
    }
}
