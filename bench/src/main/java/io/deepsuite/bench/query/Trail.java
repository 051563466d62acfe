package io.deepsuite.bench.query;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The events that are asked for, in the order of their times, the same for the same arguments. A few values are very common, most are rare, and some
 * ({@link #OLD_PERSON} and the like) are common in the first sixth and gone since: a page of those lies behind millions of newer events.
 *
 * @param rows how many
 * @param begin time of the first
 * @param end after the last
 */
record Trail(long rows, Instant begin, Instant end) {

    /** Begin of a person's name; a number follows, 0 for the person who does most. */
    private static final String PERSON = "person-";

    static final String TENANT = "default";
    static final String COMMON_ACCOUNT = "service-account-batch-gateway";
    static final String BUSY_PERSON = PERSON + 0;
    static final String RARE_PERSON = "person-seldom";
    static final String OLD_PERSON = "person-left";
    static final String COMMON_MODEL = "tiny-translate";
    static final String RARE_MODEL = "retired-translate";
    static final String OLD_MODEL = "pilot-translate";
    static final String COMMON_NAMESPACE = "deepsuite-inference";
    static final String RARE_NAMESPACE = "deepsuite-sandbox";
    static final String OLD_NAMESPACE = "deepsuite-pilot";
    static final String COMMON_REASON = "OVERLOADED";
    static final String RARE_REASON = "ETAG_MISMATCH";

    private static final int PEOPLE = 5_000;
    private static final int MODELS = 40;
    private static final int REPLICAS = 3;
    private static final int MILLION = 1_000_000;

    /** Share of what is rare, of a million. */
    private static final int RARE = 5;

    private static final int OLD_PART = 6;

    /** Time of an event, whole microseconds. */
    Instant time(long number) {
        return begin.plus(number * (ChronoUnit.MICROS.between(begin, end) / rows), ChronoUnit.MICROS);
    }

    /** Id of an event, UUID version 7. */
    UUID id(long number) {
        long scattered = new SplittableRandom(number).nextLong();
        long high = (time(number).toEpochMilli() << 16) | 0x7000L | (scattered & 0xfff);
        return new UUID(high, 0x8000000000000000L | number);
    }

    /** What is done in an event. */
    Activity activity(long number) {
        return activity(number, random(number));
    }

    /** Name of the replica that wrote an event. */
    static String instance(long number) {
        return "bench-" + number % REPLICAS;
    }

    /** Place of an event in its source. */
    static long sequence(long number) {
        return number + 1;
    }

    /** One event, whole, with its person in plain. */
    AuditEvent event(long number) {
        var random = random(number);
        var activity = activity(number, random);
        var time = time(number);
        var event = AuditEvent.newBuilder()
                .setId(id(number).toString())
                .setTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
                .setSource(Source.newBuilder()
                        .setService(activity.service())
                        .setInstance(instance(number))
                        .setBoot(1)
                        .setSequence(sequence(number))
                        .setNamespace(namespace(number, random)))
                .setOperation(activity.operation())
                .setAction(activity.action())
                .setActor(actor(number, random))
                .setResource(resource(number, activity, random))
                .setRequestId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenant(tenant(random))
                .setDuration(Duration.newBuilder().setNanos(1_000_000 * (2 + random.nextInt(400))))
                .setPhase(Phase.PHASE_OUTCOME);
        if (random.nextInt(10) > 0) {
            event.setTraceId(hex(random, 16));
        }
        end(event, random);
        if (activity.action().startsWith("inference.")) {
            event.setInference(inference(random));
        }
        return event.build();
    }

    private boolean old(long number) {
        return number < rows / OLD_PART;
    }

    private Activity activity(long number, RandomGenerator random) {
        var drawn = Activity.draw(random);
        return old(number) && number % 100 == 7 ? Activity.IMPORT : drawn;
    }

    private String namespace(long number, RandomGenerator random) {
        int drawn = random.nextInt(MILLION);
        if (old(number) && drawn % 3 == 0) {
            return OLD_NAMESPACE;
        }
        return drawn < RARE ? RARE_NAMESPACE : drawn < 50_000 ? "deepsuite-staging" : COMMON_NAMESPACE;
    }

    private static String tenant(RandomGenerator random) {
        int drawn = random.nextInt(100);
        return drawn < 85 ? TENANT : drawn < 99 ? "acme" : "globex";
    }

    private Actor actor(long number, RandomGenerator random) {
        int drawn = random.nextInt(MILLION);
        var actor = Actor.newBuilder()
                .setWorkload("app-" + drawn % 7)
                .setWorkloadCertificateSha256(hex(new SplittableRandom(drawn % 7), 32))
                .setSourceAddress("10.0." + drawn % 5 + "." + drawn % 250)
                .setClientId("app");
        if (drawn < RARE) {
            return actor.setId("app-" + drawn % 7).setName("app-" + drawn % 7).build();
        }
        if (drawn < 200_000) {
            return actor.setType(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT)
                    .setId(subject(COMMON_ACCOUNT))
                    .setName(COMMON_ACCOUNT)
                    .build();
        }
        var name = drawn < 200_000 + RARE
                ? RARE_PERSON
                : old(number) && drawn % 50 == 0 ? OLD_PERSON : PERSON + skewed(random, PEOPLE);
        return actor.setType(ActorType.ACTOR_TYPE_USER)
                .setId(subject(name))
                .setName(name)
                .build();
    }

    /** Subject of a person's or an account's token. */
    static String subject(String name) {
        var random = new SplittableRandom(name.hashCode());
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private Resource resource(long number, Activity activity, RandomGenerator random) {
        int drawn = random.nextInt(MILLION);
        if (!activity.onModel()) {
            return Resource.newBuilder().setType(activity.resourceType()).build();
        }
        var id = drawn < RARE
                ? RARE_MODEL
                : old(number) && drawn % 100 == 0
                        ? OLD_MODEL
                        : drawn < 500_000 ? COMMON_MODEL : "model-" + skewed(random, MODELS);
        return Resource.newBuilder()
                .setType(activity.resourceType())
                .setId(id)
                .setVersion("1.0." + drawn % 4)
                .setDigest(hex(new SplittableRandom(id.hashCode()), 32))
                .build();
    }

    private static void end(AuditEvent.Builder event, RandomGenerator random) {
        int drawn = random.nextInt(MILLION);
        if (drawn >= 20_000) {
            event.setOutcome(Outcome.OUTCOME_SUCCESS).setReason("OK");
            return;
        }
        event.setOutcome(Outcome.OUTCOME_FAILURE)
                .setReason(
                        drawn < RARE
                                ? RARE_REASON
                                : drawn < 3_000 ? "ROLE_MISSING" : drawn < 7_000 ? "VALUE_INVALID" : COMMON_REASON);
    }

    private static InferenceDetail inference(RandomGenerator random) {
        return InferenceDetail.newBuilder()
                .setInputHmac(hex(random, 32))
                .setKeyId("default-1")
                .setOutputSha256(hex(random, 32))
                .setArm(random.nextInt(20) == 0 ? "canary" : "stable")
                .setCacheLevel("none")
                .setPromptTokens(random.nextInt(2000))
                .setCompletionTokens(random.nextInt(500))
                .setFinishReason("stop")
                .setEngine("vllm-0.engines:8000")
                .build();
    }

    /** The first few numbers are drawn most often. */
    private static int skewed(RandomGenerator random, int bound) {
        return (int) (Math.pow(random.nextDouble(), 3) * bound);
    }

    private static SplittableRandom random(long number) {
        return new SplittableRandom(number * 0x9e3779b97f4a7c15L);
    }

    private static String hex(RandomGenerator random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
