package io.deepsuite.bench.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says which trail a kept store holds, once all of it is there. */
final class TrailNote {

    private static final String FILE = "trail";

    /** Changes with what a loader makes of a trail, so that nobody takes an older store for a new one. */
    private static final String FORM = "sealed-persons-kinds-keys-by-time";

    private static final int WORDS = 4;

    private final Path file;

    /** @param directory of the stack */
    TrailNote(Path directory) {
        file = directory.resolve(FILE);
    }

    /** Whether something was loaded to its end, in whatever form. */
    boolean isThere() {
        return Files.exists(file);
    }

    /** The trail of the store; empty when none was loaded to its end, or by another loader. */
    Optional<Trail> read() throws IOException {
        if (!isThere()) {
            return Optional.empty();
        }
        var words = List.of(Files.readString(file).strip().split(" ", -1));
        return words.size() == WORDS && words.getFirst().equals(FORM)
                ? Optional.of(new Trail(
                        Long.parseLong(words.get(1)), Instant.parse(words.get(2)), Instant.parse(words.get(3))))
                : Optional.empty();
    }

    void write(Trail trail) throws IOException {
        Files.writeString(file, "%s %d %s %s%n".formatted(FORM, trail.rows(), trail.begin(), trail.end()));
    }
}
