package io.deepsuite.journal.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of the files in a journal directory. */
record Layout(Path directory) {

    private static final Pattern SEGMENT = Pattern.compile("(\\d{10})-(\\d{10})\\.segment");

    /** Held while a process has the directory open. */
    Path lock() {
        return directory.resolve("lock");
    }

    /** Number of the last opening. */
    Path boot() {
        return directory.resolve("boot");
    }

    /** Boot and sequence of the last record that may be freed. */
    Path released() {
        return directory.resolve("released");
    }

    /** Intents without an outcome whose segments are gone. */
    Path intents() {
        return directory.resolve("intents");
    }

    Path segment(SegmentId id) {
        return directory.resolve(String.format(Locale.ROOT, "%010d-%010d.segment", id.boot(), id.ordinal()));
    }

    /** Which segment a file is, if it is one. */
    static Optional<SegmentId> segmentId(Path file) {
        var name = SEGMENT.matcher(String.valueOf(file.getFileName()));
        return name.matches()
                ? Optional.of(new SegmentId(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    static Path parent(Path file) {
        return Objects.requireNonNull(file.getParent(), "file: no directory");
    }
}
