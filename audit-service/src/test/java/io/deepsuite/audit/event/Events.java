package io.deepsuite.audit.event;

import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.audit.v1.Source;
import java.util.UUID;

/** Events for tests. */
public final class Events {

    /** 2026-11-22T10:00:00Z. */
    public static final long SECONDS = 1_795_341_600L;

    private Events() {}

    /** A complete event, number n of its source. */
    public static AuditEvent.Builder event(long n) {
        return AuditEvent.newBuilder()
                .setId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L + n).toString())
                .setTime(Timestamp.newBuilder().setSeconds(SECONDS + n).setNanos(123_456_789))
                .setSource(Source.newBuilder()
                        .setService("model-service")
                        .setInstance("model-0")
                        .setBoot(1)
                        .setSequence(n)
                        .setNamespace("local"))
                .setOperation(Operation.OPERATION_READ)
                .setAction("inference.chat")
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_USER)
                        .setId("user-1")
                        .setName("mei")
                        .setWorkload("demo-app"))
                .setResource(Resource.newBuilder()
                        .setType("model")
                        .setId("tiny-translate")
                        .setVersion("1.0.0"))
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setRequestId("request-" + n)
                .setTenant("acme")
                .setPhase(Phase.PHASE_OUTCOME);
    }

    /** Reads what has to be valid. */
    public static IncomingEvent read(AuditEvent.Builder event) {
        return switch (AuditEventProtoMapper.read(event.build().toByteArray())) {
            case ReadEvent.Valid(var valid) -> valid;
            case ReadEvent.Invalid invalid -> throw new AssertionError(invalid);
        };
    }
}
