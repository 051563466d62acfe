package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.EchoEngine;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Load;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever dies, every answer that was completed has exactly one event. */
@ExtendWith(SuiteExtension.class)
class DurabilityIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Suite suite;

    DurabilityIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void answersGoOnWithoutKafkaAndEveryEventArrivesOnceItIsBack() {
        // Given
        var since = Instant.now();
        var answered = new ArrayList<String>();
        suite.stack().stop(Component.KAFKA);

        // When
        try {
            for (int i = 0; i < 20; i++) {
                var id = "without-kafka-" + UUID.randomUUID();
                assertThat(suite.chat()
                                .plain(EchoEngine.MODEL, "still here " + i, id)
                                .text())
                        .isEqualTo("still here " + i);
                answered.add(id);
            }
        } finally {
            suite.stack().start(Component.KAFKA);
        }

        // Then
        suite.events().awaitExactlyOneOfEach(answered, since);
    }

    @Test
    void auditServiceKilledWhileItStoresLosesAndRepeatsNothing() {
        // Given
        var since = Instant.now();
        var load = Load.start(suite, 4);

        // When
        for (int kills = 0; kills < 2; kills++) {
            load.awaitCompleted(load.completed().size() + 40);
            suite.stack().kill(Component.AUDIT_SERVICE);
            load.awaitCompleted(load.completed().size() + 40);
            suite.stack().start(Component.AUDIT_SERVICE);
        }
        load.stop();

        // Then
        assertThat(load.failures()).isEmpty();
        suite.events().awaitExactlyOneOfEach(load.completed(), since);
    }

    @Test
    void modelServiceKilledUnderLoadHasAnEventForEveryCompletedAnswer() {
        // Given
        var since = Instant.now();
        var load = Load.start(suite, 6);

        // When
        load.awaitCompleted(100);
        suite.stack().kill(Component.MODEL_SERVICE);
        load.stop();
        suite.stack().start(Component.MODEL_SERVICE);

        // Then
        assertThat(load.failures()).as("it was busy when it died").isNotEmpty();
        suite.events().awaitExactlyOneOfEach(load.completed(), since);
    }

    @Test
    void modelServiceAnswersAgainAfterItWasKilled() {
        // When
        suite.stack().kill(Component.MODEL_SERVICE);
        suite.stack().start(Component.MODEL_SERVICE);

        // Then
        var id = "after-kill-" + UUID.randomUUID();
        assertThat(suite.chat().plain(EchoEngine.MODEL, "back", id).text()).isEqualTo("back");
        var event = suite.events().awaitOne(id);
        assertThat(event.getSource().getBoot()).as("a new unbroken sequence").isGreaterThan(1);
    }

    @Test
    void poisonIsPutAsideAndTheRecordsAroundItArrive() {
        // Given
        var source = new HandMade(suite, "by-hand");
        var poison = ("poison " + source.instance()).getBytes(StandardCharsets.UTF_8);
        var nameless = source.event(2).toBuilder().clearId().build();

        // When
        suite.topic()
                .sendAsModelService(
                        "model-service/" + source.instance() + "/1",
                        List.of(
                                source.event(1).toByteArray(),
                                poison,
                                nameless.toByteArray(),
                                source.event(3).toByteArray()));

        // Then
        assertThat(suite.events().awaitOne(source.requestId(1)).getId()).isEqualTo(source.id(1));
        assertThat(suite.events().awaitOne(source.requestId(3)).getId()).isEqualTo(source.id(3));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters(source.instance()))
                        .hasSize(2)
                        .allSatisfy(letter -> assertThat(reason(letter)).isNotEmpty())
                        .anySatisfy(letter -> assertThat(letter.value()).isEqualTo(poison))
                        .anySatisfy(letter -> assertThat(letter.value()).isEqualTo(nameless.toByteArray())));
        // the number that was put aside is missing until its event comes as it should
        source.send(2, 2);
        assertThat(suite.events().awaitOne(source.requestId(2)).getId()).isEqualTo(source.id(2));
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(String instance) {
        return suite.topic().records(KafkaSetup.DEAD_LETTER_TOPIC).stream()
                .filter(letter -> new String(letter.key(), StandardCharsets.UTF_8).contains(instance))
                .toList();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }
}
