package io.deepsuite.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the results of a benchmark: everything as JSON, and a page for people.
 *
 * @param directory where; made when missing
 */
public record Results(Path directory) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Replaces the results of a benchmark. */
    public void write(String benchmark, Object values, String page) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve(benchmark + ".json"), JSON.writeValueAsString(values) + "\n");
        Files.writeString(directory.resolve(benchmark + ".md"), page);
    }
}
