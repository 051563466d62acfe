package io.deepsuite.bench.audit;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Events of chats as model-service writes them, the same for the same round: two sources for each partition, each an unbroken sequence.
 *
 * @param round makes ids and sources new
 * @param perPartition events of each partition
 */
public record SampleEvents(int round, int perPartition) {

    static final int PARTITIONS = 3;

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final int SOURCES = 2;
    private static final int PEOPLE = 500;

    /** All events of a partition, in order. */
    public void of(int partition, Consumer<AuditEvent> taker) {
        var random = new Random(31L * round + partition);
        for (int number = 0; number < perPartition; number++) {
            taker.accept(event(partition, number, random));
        }
    }

    /** Id of an event. */
    UUID id(int partition, int number) {
        // UUIDv7: milliseconds, version, and a place that no other event has
        long millis = BEGIN.toEpochMilli() + number;
        long high = (millis << 16) | 0x7000L | partition;
        return new UUID(high, 0x8000000000000000L | ((long) round << 32) | number);
    }

    private AuditEvent event(int partition, int number, Random random) {
        var time = BEGIN.plusMillis(number);
        int person = random.nextInt(PEOPLE);
        boolean refused = random.nextInt(50) == 0;
        return AuditEvent.newBuilder()
                .setId(id(partition, number).toString())
                .setTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
                .setSource(Source.newBuilder()
                        .setService("model-service")
                        .setInstance("bench-%d-%d".formatted(partition, number % SOURCES))
                        .setBoot(round)
                        .setSequence(number / SOURCES + 1L)
                        .setNamespace("bench"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId(new UUID(person, person).toString())
                        .setName("person-" + person)
                        .setWorkload("app-" + person % 7)
                        .setWorkloadCertificateSha256(hash(random))
                        .setSourceAddress("10.0.0." + person % 250)
                        .setClientId("app"))
                .setResource(Resource.newBuilder()
                        .setType("model")
                        .setId("tiny-translate")
                        .setVersion("1.0.0")
                        .setDigest("780574d76724ea185b57267d08cd22c34b84b4fef2d11a52f5720aad7810e8b6"))
                .setOutcome(refused ? Outcome.OUTCOME_FAILURE : Outcome.OUTCOME_SUCCESS)
                .setReason(refused ? "QUOTA_EXCEEDED" : "OK")
                .setRequestId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTraceId(hash(random).substring(32))
                .setTenant("default")
                .setDuration(Duration.newBuilder().setNanos(1_000_000 * (40 + random.nextInt(400))))
                .setPhase(Phase.PHASE_OUTCOME)
                .setInference(InferenceDetail.newBuilder()
                        .setInputHmac(hash(random))
                        .setKeyId("default-1")
                        .setOutputSha256(hash(random))
                        .setArm("stable")
                        .setCacheLevel("none")
                        .setPromptTokens(random.nextInt(2000))
                        .setCompletionTokens(random.nextInt(500))
                        .setFinishReason("stop")
                        .setEngine("vllm-0.engines:8000"))
                .build();
    }

    private static String hash(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
