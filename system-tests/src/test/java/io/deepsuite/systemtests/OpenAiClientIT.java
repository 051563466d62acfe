package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.systemtests.suite.Golden;
import io.deepsuite.systemtests.suite.Https;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official OpenAI client for Node, unmodified. */
@ExtendWith(SuiteExtension.class)
class OpenAiClientIT {

    private static final Path CLIENT = Path.of("openai-client").toAbsolutePath();
    private static final int PATIENCE_SECONDS = 180;

    private final Suite suite;

    OpenAiClientIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void chatsStreamsListsAndIsRefusedAsWithOpenAi() throws IOException, InterruptedException {
        // Given
        assumeTrue(
                onPath("node") && onPath("npm"),
                "SKIPPED: node and npm are not installed, so the OpenAI client is not tried");
        run(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"), Map.of());
        var title = Golden.titles(1).getFirst();

        // When
        var seen = Https.json(run(List.of("node", "chat.mjs"), environment(title.chinese()))
                .lines()
                .toList()
                .getLast());

        // Then
        assertThat(seen.path("models").valueStream().map(JsonNode::asText)).contains(Suite.DEMO_MODEL);
        assertPlain(seen.path("plain"), title);
        assertStreamed(seen.path("streamed"), title);
        assertThat(seen.path("refused").path("error").asText()).isEqualTo("NotFoundError");
        assertThat(seen.path("refused").path("code").asText()).isEqualTo("model_not_found");
    }

    private static void assertPlain(JsonNode plain, Golden title) {
        assertThat(plain.path("text").asText()).isEqualTo(title.english());
        assertThat(plain.path("role").asText()).isEqualTo("assistant");
        assertThat(plain.path("finishReason").asText()).isEqualTo("stop");
        assertThat(plain.path("totalTokens").asInt())
                .isPositive()
                .isEqualTo(plain.path("sumOfTokens").asInt());
        assertThat(plain.path("requestId").asText()).isNotEmpty();
    }

    private static void assertStreamed(JsonNode streamed, Golden title) {
        assertThat(streamed.path("text").asText()).isEqualTo(title.english());
        assertThat(streamed.path("pieces").asInt()).isGreaterThan(1);
        assertThat(streamed.path("finishReason").asText()).isEqualTo("stop");
        assertThat(streamed.path("totalTokens").asInt()).isPositive();
        assertThat(streamed.path("ids")).hasSize(1);
    }

    private Map<String, String> environment(String prompt) {
        var application = suite.application();
        return Map.of(
                "OPENAI_BASE_URL",
                        suite.stack().addresses().model().resolve("/v1").toString(),
                "OPENAI_API_KEY", suite.token(Role.MODEL_USER),
                "NODE_EXTRA_CA_CERTS", application.authority().toString(),
                "CLIENT_CERT", application.certificate().toString(),
                "CLIENT_KEY", application.key().toString(),
                "MODEL", Suite.DEMO_MODEL,
                "PROMPT", prompt);
    }

    private static String run(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var output = Files.createTempFile("openai-client", ".out");
        var errors = Files.createTempFile("openai-client", ".err");
        var builder = new ProcessBuilder(command)
                .directory(CLIENT.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as(command + ": " + read(errors)).isZero();
        return read(output);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static boolean onPath(String program) {
        return List.of(System.getenv("PATH").split(":", -1)).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
