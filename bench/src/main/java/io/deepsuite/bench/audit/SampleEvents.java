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
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.bench.subject.SealingProducer;
import io.deepsuite.bench.subject.StackSubjects;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Events of chats as model-service writes them, the same for the same round but for the nonces of seals: two sources for each partition, each an unbroken sequence of
 * events whose persons are sealed with keys of that source.
 */
public final class SampleEvents {

    static final int PARTITIONS = 3;

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final String TENANT = "default";
    private static final int SOURCES = 2;
    private static final int PEOPLE = 500;

    private final int round;
    private final int perPartition;
    private final Map<String, SealingProducer> sources = new HashMap<>();
    private final List<SubjectKey> keys = new ArrayList<>();

    /**
     * Events of one round.
     *
     * @param round makes ids and sources new
     * @param perPartition events of each partition
     */
    public SampleEvents(int round, int perPartition, StackSubjects subjects) {
        this.round = round;
        this.perPartition = perPartition;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (int source = 0; source < SOURCES; source++) {
                sources.put(instance(partition, source), new SealingProducer(subjects));
                for (int person = 0; person < PEOPLE; person++) {
                    seal(greeting(partition, source, person));
                }
            }
        }
    }

    int round() {
        return round;
    }

    int perPartition() {
        return perPartition;
    }

    /** Keys that open the events, one of each person and source, for the hour that begins with the first event. */
    List<SubjectKey> keys() {
        return List.copyOf(keys);
    }

    /** All events of a partition, in order. */
    public void of(int partition, Consumer<AuditEvent> taker) {
        var random = new Random(31L * round + partition);
        for (int number = 0; number < perPartition; number++) {
            taker.accept(seal(event(partition, number, random)));
        }
    }

    /** Id of an event. */
    UUID id(int partition, int number) {
        // UUIDv7: milliseconds, version, and a place that no other event has
        long millis = BEGIN.toEpochMilli() + number;
        long high = (millis << 16) | 0x7000L | partition;
        return new UUID(high, 0x8000000000000000L | ((long) round << 32) | number);
    }

    private AuditEvent seal(AuditEvent plain) {
        var producer = sources.get(plain.getSource().getInstance());
        if (producer == null) {
            throw new IllegalArgumentException("instance: %s (expected: a source of these events)"
                    .formatted(plain.getSource().getInstance()));
        }
        var sealed = producer.seal(plain);
        sealed.key().ifPresent(keys::add);
        return sealed.event();
    }

    /** What a source makes its key of a person for; stored nowhere. */
    private static AuditEvent greeting(int partition, int source, int person) {
        return AuditEvent.newBuilder()
                .setId(new UUID(0, person).toString())
                .setTime(Timestamp.newBuilder().setSeconds(BEGIN.getEpochSecond()))
                .setSource(Source.newBuilder().setInstance(instance(partition, source)))
                .setActor(person(person))
                .setTenant(TENANT)
                .build();
    }

    private static String instance(int partition, int source) {
        return "bench-%d-%d".formatted(partition, source);
    }

    private static Actor.Builder person(int person) {
        return Actor.newBuilder()
                .setType(ActorType.ACTOR_TYPE_USER)
                .setId(new UUID(person, person).toString())
                .setName("person-" + person);
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
                        .setInstance(instance(partition, number % SOURCES))
                        .setBoot(round)
                        .setSequence(number / SOURCES + 1L)
                        .setNamespace("bench"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setActor(person(person)
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
                .setTenant(TENANT)
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
