package io.deepsuite.bench.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Says which trail a kept store holds, once all of it is there. */
final class TrailNote {

    private static final String FILE = "trail";

    private final Path file;

    /** @param directory of the stack */
    TrailNote(Path directory) {
        file = directory.resolve(FILE);
    }

    /** The trail of the store; empty when none was loaded to its end. */
    Optional<Trail> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var words = Files.readString(file).strip().split(" ", -1);
        return Optional.of(new Trail(Long.parseLong(words[0]), Instant.parse(words[1]), Instant.parse(words[2])));
    }

    void write(Trail trail) throws IOException {
        Files.writeString(file, "%d %s %s%n".formatted(trail.rows(), trail.begin(), trail.end()));
    }
}
