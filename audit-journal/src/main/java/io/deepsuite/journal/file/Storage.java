package io.deepsuite.journal.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What the journal asks of a file system. Tests put one in its place that fails, or that forgets what was not forced. */
interface Storage {

    /** Makes a new, empty file, open for reading and writing; fails if it exists. Its name is durable only after {@link #forceDirectory}. */
    Handle create(Path file) throws IOException;

    /** Opens an existing file for reading and writing. */
    Handle open(Path file) throws IOException;

    /** Whether there is such a file. */
    boolean exists(Path file);

    /** Regular files of a directory, sorted by name. */
    List<Path> list(Path directory) throws IOException;

    /** Renames within a directory, replacing what has the new name, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Removes the file if it exists. */
    void delete(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Replaces a small file as a whole: after a crash it has its old content or the new one. Returns once the new one is durable. */
    default void replace(Path file, ByteBuffer content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        delete(next);
        try (var handle = create(next)) {
            handle.write(content, 0);
            handle.force();
        }
        rename(next, file);
        forceDirectory(Layout.parent(file));
    }

    /** An open file. */
    interface Handle extends Closeable {

        /** Writes all remaining bytes at an offset, or throws; part of them may have been written then. */
        void write(ByteBuffer bytes, long offset) throws IOException;

        /** Reads at an offset until the buffer is full or the file ends. */
        void read(ByteBuffer into, long offset) throws IOException;

        /** Cuts the file to a length in bytes. */
        void truncate(long length) throws IOException;

        /** Returns once everything written is on the device. */
        void force() throws IOException;

        /** Length in bytes. */
        long size() throws IOException;
    }
}
