package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** A file system in memory, for tests that open a directory thousands of times. */
class MemoryStorage implements Storage {

    private final Map<Path, Content> files = new TreeMap<>();

    private static final class Content {
        private byte[] bytes = new byte[0];
    }

    /** The bytes of a file. */
    synchronized byte[] get(Path file) {
        return Objects.requireNonNull(files.get(file), "no such file").bytes.clone();
    }

    /** Replaces a file, or makes it. */
    synchronized void put(Path file, byte[] bytes) {
        files.computeIfAbsent(file, _ -> new Content()).bytes = bytes.clone();
    }

    @Override
    public synchronized Handle create(Path file) throws IOException {
        if (files.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        put(file, new byte[0]);
        return open(file);
    }

    @Override
    public synchronized Handle open(Path file) throws IOException {
        Content content = files.get(file);
        if (content == null) {
            throw new NoSuchFileException(file.toString());
        }
        return new MemoryHandle(content);
    }

    @Override
    public synchronized boolean exists(Path file) {
        return files.containsKey(file);
    }

    @Override
    public synchronized List<Path> list(Path directory) {
        return files.keySet().stream()
                .filter(file -> Layout.parent(file).equals(directory))
                .toList();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        Content content = files.remove(from);
        if (content == null) {
            throw new NoSuchFileException(from.toString());
        }
        files.put(to, content);
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        files.remove(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {}

    private final class MemoryHandle implements Handle {

        private final Content content;

        MemoryHandle(Content content) {
            this.content = content;
        }

        @Override
        public void write(ByteBuffer bytes, long offset) {
            synchronized (MemoryStorage.this) {
                int end = Math.toIntExact(offset + bytes.remaining());
                if (end > content.bytes.length) {
                    content.bytes = Arrays.copyOf(content.bytes, end);
                }
                bytes.get(content.bytes, Math.toIntExact(offset), bytes.remaining());
            }
        }

        @Override
        public void read(ByteBuffer into, long offset) {
            synchronized (MemoryStorage.this) {
                int length = (int) Math.min(into.remaining(), content.bytes.length - offset);
                if (length > 0) {
                    into.put(content.bytes, Math.toIntExact(offset), length);
                }
            }
        }

        @Override
        public void truncate(long length) {
            synchronized (MemoryStorage.this) {
                content.bytes = Arrays.copyOf(content.bytes, (int) Math.min(length, content.bytes.length));
            }
        }

        @Override
        public void force() {}

        @Override
        public long size() {
            synchronized (MemoryStorage.this) {
                return content.bytes.length;
            }
        }

        @Override
        public void close() {}
    }
}
