package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.Answer;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.Load;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service that is told to stop leaves nothing half done. */
@ExtendWith(SuiteExtension.class)
class GracefulShutdownIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Suite suite;

    GracefulShutdownIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void whatIsInFlightEndsWholeAndEveryAnswerHasItsEvent() throws IOException {
        // Given: people who ask and ask, and an answer that has begun
        var since = Instant.now();
        var gate = suite.echo().hold();
        var heldId = "held-" + UUID.randomUUID();
        var prompt = EchoEngine.HELD + " " + heldId;
        CompletableFuture<Answer> held =
                CompletableFuture.supplyAsync(() -> suite.chat().streamed(EchoEngine.MODEL, prompt, heldId));
        await().atMost(PATIENCE).until(() -> !suite.echo().receivedWith(heldId).isEmpty());
        var load = Load.start(suite, 6);
        load.awaitCompleted(50);

        var drainsBefore = drains();
        OptionalInt exitCode;

        // When: it is told to stop, and who routes calls to it turns away once it is not ready
        var stopping = CompletableFuture.runAsync(() -> suite.stack().stop(Component.MODEL_SERVICE));
        try {
            await().atMost(PATIENCE).until(() -> !suite.stack().isReady(Component.MODEL_SERVICE));
            load.stop();
            await().atMost(PATIENCE).until(() -> drains() > drainsBefore);
            assertThat(held).isNotDone();
        } finally {
            gate.countDown();
            stopping.join();
            exitCode = suite.stack().exitCode(Component.MODEL_SERVICE);
            suite.stack().start(Component.MODEL_SERVICE);
        }

        // Then
        assertThat(exitCode).hasValue(0);
        assertThat(held.join().text()).isEqualTo(prompt);
        assertThat(load.failures()).isEmpty();
        var answered = new ArrayList<>(load.completed());
        answered.add(heldId);
        suite.events().awaitExactlyOneOfEach(answered, since);
    }

    /** How often it has come to wait for its last calls, as its log says: nothing else tells that the time of new ones is over. */
    private long drains() throws IOException {
        try (var lines = Files.lines(suite.stack().log(Component.MODEL_SERVICE))) {
            return lines.filter(line -> line.contains("Waiting for HTTP requests to complete"))
                    .count();
        }
    }
}
