package io.deepsuite.proof.witness;

import io.deepsuite.proof.note.SignedNote;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The last checkpoint that was co-signed of each log, one file each. Held by one process at a time: another one waits, so that nothing is co-signed between a look
 * and a write.
 */
public final class WitnessState implements AutoCloseable {

    private static final String LOCK = ".lock";

    private final Path directory;
    private final FileChannel lock;

    private WitnessState(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Takes the directory, which is made when it is not there. @throws IOException when it cannot be written */
    public static WitnessState open(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
            return new WitnessState(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The last checkpoint that was co-signed of a log. */
    public Optional<SignedNote> last(String origin) throws IOException {
        try {
            return Optional.of(SignedNote.parse(Files.readString(file(origin))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    /** Replaces it, whole or not at all; on disk when this returns. */
    void set(String origin, SignedNote note) throws IOException {
        Path draft = Files.createTempFile(directory, ".", ".draft");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(note.toText().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file(origin), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        try (FileChannel folder = FileChannel.open(directory, StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path file(String origin) {
        return directory.resolve(URLEncoder.encode(origin, StandardCharsets.UTF_8) + ".checkpoint");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
