package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.layout.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A product title that the demo model has not seen in training.
 *
 * @param chinese the title
 * @param english its translation
 */
public record Golden(String chinese, String english) {

    /** The first so many of them. */
    public static List<Golden> titles(int count) {
        var file = Installation.find().models().resolve("heldout.jsonl");
        try (var lines = Files.lines(file)) {
            return lines.map(Https::json)
                    .filter(line -> line.path("kind").asText().equals("title"))
                    .limit(count)
                    .map(line ->
                            new Golden(line.path("zh").asText(), line.path("en").asText()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
