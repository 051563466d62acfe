package io.deepsuite.servicekit.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorDocumentationTest {

    @Test
    void hasOneSectionPerReasonInTheOrderOfTheCatalogueWithItsCodes() throws IOException {
        var sections = Files.readAllLines(Path.of("..", "docs", "errors.md")).stream()
                .filter(line -> line.startsWith("## ") || line.startsWith("HTTP "))
                .toList();

        assertThat(sections)
                .containsExactlyElementsOf(Arrays.stream(ErrorReason.values())
                        .flatMap(reason -> java.util.stream.Stream.of(
                                "## " + reason.name(),
                                "HTTP %d · gRPC %s".formatted(reason.httpStatus(), reason.grpcCode())))
                        .toList());
    }
}
