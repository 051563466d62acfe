package io.deepsuite.systemtests.suite;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/** A source of events that exists on the topic only, so that a test may let it lose some. */
public final class HandMade {

    private final Suite suite;
    private final String instance;
    private final Supplier<Instant> clock;
    private final Map<Long, String> ids = new ConcurrentHashMap<>();

    /** @param name begins the name of its instance */
    public HandMade(Suite suite, String name) {
        this(suite, name, Instant::now);
    }

    /** The same with a clock of its own. */
    public HandMade(Suite suite, String name, Supplier<Instant> clock) {
        this.clock = clock;
        this.suite = suite;
        this.instance = name + "-" + UUID.randomUUID();
    }

    /** Name of its instance; the service is model-service, the boot 1. */
    public String instance() {
        return instance;
    }

    /** Sends the events of these numbers, in order. */
    public void send(long first, long last) {
        send(LongStream.rangeClosed(first, last).mapToObj(this::event).toArray(AuditEvent[]::new));
    }

    /** Sends what was made of its events, in order. */
    public void send(AuditEvent... events) {
        suite.topic()
                .sendAsModelService(
                        "model-service/" + instance + "/1",
                        Arrays.stream(events).map(AuditEvent::toByteArray).toList());
    }

    /** Request id of the event with that number. */
    public String requestId(long number) {
        return instance + "-" + number;
    }

    /** Id of the event with that number: a UUID of version 7. */
    public String id(long number) {
        return ids.computeIfAbsent(number, _ -> {
            var random = UUID.randomUUID();
            long begin = (clock.get().toEpochMilli() << 16) | 0x7000 | (random.getMostSignificantBits() & 0xfff);
            return new UUID(begin, random.getLeastSignificantBits()).toString();
        });
    }

    /** The event with that number. */
    public AuditEvent event(long number) {
        return AuditEvent.newBuilder()
                .setId(id(number))
                .setTime(Timestamps.fromMillis(clock.get().toEpochMilli()))
                .setSource(Source.newBuilder()
                        .setService("model-service")
                        .setInstance(instance)
                        .setBoot(1)
                        .setSequence(number)
                        .setNamespace("local"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setActor(Actor.newBuilder().setId("nobody").setName("nobody").setWorkload("demo-app"))
                .setResource(Resource.newBuilder().setType("model").setId("echo"))
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setTenant("default")
                .setRequestId(requestId(number))
                .build();
    }
}
