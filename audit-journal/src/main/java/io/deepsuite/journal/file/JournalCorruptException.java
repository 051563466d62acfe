package io.deepsuite.journal.file;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of the journal is not what was made durable: damaged, shortened or missing. Nothing is skipped or repaired, because what is damaged may be the only
 * trace of an operation; an operator decides, with the copy that Kafka has.
 */
public final class JournalCorruptException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;

    JournalCorruptException(Path file, long offset, String what) {
        super("audit journal is damaged: %s at offset %d: %s".formatted(file, offset, what));
        this.file = file;
        this.offset = offset;
    }

    /** The damaged file. */
    public Path file() {
        return file;
    }

    /** Where in the file the damage begins, bytes. */
    public long offset() {
        return offset;
    }
}
