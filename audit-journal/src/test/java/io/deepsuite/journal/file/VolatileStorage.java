package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A file system with a page cache that a crash forgets: what was not forced is gone, and a file whose name was not forced too. Operations can be made to fail.
 */
final class VolatileStorage implements Storage {

    private final MemoryStorage real = new MemoryStorage();
    private final Map<Path, byte[]> forced = new HashMap<>();
    private final Set<Path> durableNames = new HashSet<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final AtomicBoolean full = new AtomicBoolean();

    /** What goes wrong. */
    enum Fault {
        /** The next write throws after half of its bytes. */
        WRITE,
        /** The next force throws. */
        FORCE,
        /** The next truncation throws. */
        TRUNCATE,
        /** The next force of a directory throws. */
        FORCE_DIRECTORY,
        /** The next force does nothing and says nothing. */
        LIE
    }

    /** Lets the next operations of these kinds fail, each once, in this order. */
    synchronized void failNext(Fault... next) {
        faults.addAll(List.of(next));
    }

    /** Takes back what has not failed yet. */
    synchronized void failNothing() {
        faults.clear();
    }

    /** Lets every write that would make a file longer fail, until told otherwise. */
    void setFull(boolean isFull) {
        full.set(isFull);
    }

    /** What a crash at this moment would leave. */
    synchronized MemoryStorage crash() {
        var left = new MemoryStorage();
        for (Path file : durableNames) {
            byte[] content = forced.get(file);
            if (content != null) {
                left.put(file, content);
            }
        }
        return left;
    }

    private synchronized boolean fails(Fault fault) {
        if (faults.peek() == fault) {
            faults.remove();
            return true;
        }
        return false;
    }

    @Override
    public Handle create(Path file) throws IOException {
        return new VolatileHandle(file, real.create(file));
    }

    @Override
    public Handle open(Path file) throws IOException {
        return new VolatileHandle(file, real.open(file));
    }

    @Override
    public boolean exists(Path file) {
        return real.exists(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
        byte @Nullable [] content = forced.remove(from);
        if (content != null) {
            forced.put(to, content);
        }
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        real.delete(file);
        forced.remove(file);
        durableNames.remove(file);
    }

    @Override
    public synchronized void forceDirectory(Path directory) throws IOException {
        if (fails(Fault.FORCE_DIRECTORY)) {
            throw new IOException("injected: force of the directory");
        }
        real.forceDirectory(directory);
        durableNames.addAll(real.list(directory));
    }

    private final class VolatileHandle implements Handle {

        private final Path file;
        private final Handle handle;

        VolatileHandle(Path file, Handle handle) {
            this.file = file;
            this.handle = handle;
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            if (fails(Fault.WRITE) || (full.get() && offset + bytes.remaining() > handle.size())) {
                handle.write(bytes.slice(bytes.position(), bytes.remaining() / 2), offset);
                throw new IOException("injected: write");
            }
            handle.write(bytes, offset);
        }

        @Override
        public void read(ByteBuffer into, long offset) throws IOException {
            handle.read(into, offset);
        }

        @Override
        public void truncate(long length) throws IOException {
            if (fails(Fault.TRUNCATE)) {
                throw new IOException("injected: truncate");
            }
            handle.truncate(length);
        }

        @Override
        public void force() throws IOException {
            if (fails(Fault.FORCE)) {
                throw new IOException("injected: force");
            }
            if (fails(Fault.LIE)) {
                return;
            }
            handle.force();
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(handle.size()));
            handle.read(content, 0);
            synchronized (VolatileStorage.this) {
                forced.put(file, content.array());
            }
        }

        @Override
        public long size() throws IOException {
            return handle.size();
        }

        @Override
        public void close() throws IOException {
            handle.close();
        }
    }
}
