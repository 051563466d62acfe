package io.deepsuite.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.dataprep.v1.MaskRequest;
import io.deepsuite.dataprep.v1.PrepServiceGrpc;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.systemtests.suite.GrpcFace;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A service whose answers wait for Kafka: what it has told is safe although its machine burns down, and without Kafka it tells nothing. */
@ExtendWith(SuiteExtension.class)
class KafkaAcknowledgementIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Suite suite;
    private final String prefix = "waits-for-kafka-" + UUID.randomUUID() + "-";

    KafkaAcknowledgementIT(Suite suite) {
        this.suite = suite;
    }

    @BeforeEach
    void letItWait() {
        suite.stack().stop(Component.DATAPREP_SERVICE);
        suite.stackWith(
                        Component.DATAPREP_SERVICE,
                        Map.of("DEEPSUITE_JOURNAL_ACK", "kafka", "DEEPSUITE_JOURNAL_ACK_TIMEOUT", "PT3S"))
                .start(Component.DATAPREP_SERVICE);
    }

    @AfterEach
    void letItBe() {
        suite.stack().stop(Component.DATAPREP_SERVICE);
        suite.stack().startAll();
    }

    @Test
    void anAnswerWaitsForKafkaAndIsRefusedWithoutIt() {
        // Its event is there before the answer is out: nobody waits for it here.
        mask(prefix + "with");
        assertThat(suite.topic().events()).extracting(AuditEvent::getRequestId).contains(prefix + "with");

        suite.stack().kill(Component.KAFKA);
        assertThatThrownBy(() -> mask(prefix + "without"))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        refused -> assertThat(GrpcFace.errorInfo(refused))
                                .hasValueSatisfying(
                                        info -> assertThat(info.getReason()).isEqualTo("AUDIT_UNAVAILABLE")));

        suite.stack().start(Component.KAFKA);
        await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> mask(prefix + "again"));
        assertThat(suite.events().awaitOne(prefix + "without").getAction())
                .as("what was refused was journalled all the same, and is told")
                .isEqualTo("text.mask");
    }

    private void mask(String requestId) {
        GrpcFace.as(
                        PrepServiceGrpc.newBlockingStub(
                                suite.grpc(Port.DATAPREP).channel()),
                        suite.token(Role.DATA_ENGINEER),
                        requestId)
                .mask(MaskRequest.newBuilder().addTexts("call 13712345678").build());
    }
}
