package io.deepsuite.archive.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Keeps files under names such as {@code audit-events/2026-08/manifest.json}. A file is written as a draft, which no reader takes for a finished one, and kept when
 * it is right; what is kept is neither overwritten nor removed. Errors name the place, and no secret.
 */
public sealed interface ArchivePlace extends AutoCloseable permits FolderPlace, BucketPlace {

    /**
     * A file of this machine to write to, before it is kept; one that an earlier run left may be there, and is of no use.
     *
     * @throws IOException if its folder cannot be made
     */
    Path draft(String name) throws IOException;

    /**
     * Keeps a draft, whole and for good. The draft is gone then.
     *
     * @return false if there is a file of the name already, which stays as it is
     * @throws IOException if it cannot be kept; there is nothing of it under its name
     */
    boolean keep(String name) throws IOException;

    /** Whether a file was kept. @throws IOException if nobody can tell */
    boolean has(String name) throws IOException;

    /** Reads a file. @throws IOException if there is none, or it cannot be read */
    InputStream open(String name) throws IOException;

    /** Where a file or folder is, for people. */
    String location(String name);

    @Override
    void close();
}
