package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.EchoEngine;
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
        var instance = "by-hand-" + UUID.randomUUID();
        var before = event(instance, 1);
        var after = event(instance, 3);
        var poison = ("poison " + instance).getBytes(StandardCharsets.UTF_8);
        var nameless = event(instance, 2).toBuilder().clearId().build();

        // When
        suite.topic()
                .sendAsModelService(
                        "model-service/" + instance + "/1",
                        List.of(before.toByteArray(), poison, nameless.toByteArray(), after.toByteArray()));

        // Then
        assertThat(suite.events().awaitOne(before.getRequestId()).getId()).isEqualTo(before.getId());
        assertThat(suite.events().awaitOne(after.getRequestId()).getId()).isEqualTo(after.getId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLetters(instance))
                        .hasSize(2)
                        .allSatisfy(letter -> assertThat(reason(letter)).isNotEmpty())
                        .anySatisfy(letter -> assertThat(letter.value()).isEqualTo(poison))
                        .anySatisfy(letter -> assertThat(letter.value()).isEqualTo(nameless.toByteArray())));
    }

    private List<ConsumerRecord<byte[], byte[]>> deadLetters(String instance) {
        return suite.topic().records(KafkaSetup.DEAD_LETTER_TOPIC).stream()
                .filter(letter -> new String(letter.key(), StandardCharsets.UTF_8).contains(instance))
                .toList();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("dead-letter-reason").value(), StandardCharsets.UTF_8);
    }

    private static AuditEvent event(String instance, long sequence) {
        // A UUID of version 7: the time does not matter here
        var random = UUID.randomUUID().toString();
        var id = random.substring(0, 14) + "7" + random.substring(15);
        return AuditEvent.newBuilder()
                .setId(id)
                .setTime(Timestamps.fromMillis(Instant.now().toEpochMilli()))
                .setSource(Source.newBuilder()
                        .setService("model-service")
                        .setInstance(instance)
                        .setBoot(1)
                        .setSequence(sequence)
                        .setNamespace("local"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setActor(Actor.newBuilder().setId("nobody").setName("nobody").setWorkload("demo-app"))
                .setResource(Resource.newBuilder().setType("model").setId("echo"))
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setTenant("default")
                .setRequestId(instance + "-" + sequence)
                .build();
    }
}
