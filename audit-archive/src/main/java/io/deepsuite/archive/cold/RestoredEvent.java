package io.deepsuite.archive.cold;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Phase;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An event as a row of the store, all of it read from the event's bytes as ingest reads it. They were valid then, or would not have been sealed. */
final class RestoredEvent {

    /** Columns in the order of {@link #values}. */
    static final List<String> COLUMNS = List.of(
            "occurred_at timestamptz",
            "id uuid",
            "phase text",
            "boot bigint",
            "sequence bigint",
            "tenant text",
            "operation text",
            "action text",
            "outcome text",
            "reason text",
            "actor_type text",
            "actor_id text",
            "actor_name text",
            "workload text",
            "resource_type text",
            "resource_id text",
            "resource_version text",
            "service text",
            "instance text",
            "namespace text",
            "request_id text",
            "trace_id text",
            "event bytea",
            "personal_key uuid");

    private static final String DEFAULT_TENANT = "default";

    private RestoredEvent() {}

    /** @throws InvalidProtocolBufferException if the bytes are no event */
    static List<@Nullable Object> values(byte[] bytes) throws InvalidProtocolBufferException {
        var event = AuditEvent.parseFrom(bytes);
        var source = event.getSource();
        var actor = event.getActor();
        var resource = event.getResource();
        var type = actor.getType() == ActorType.UNRECOGNIZED ? ActorType.ACTOR_TYPE_UNSPECIFIED : actor.getType();
        return Arrays.asList(
                Timestamp.from(Instant.ofEpochSecond(
                                event.getTime().getSeconds(), event.getTime().getNanos())
                        .truncatedTo(ChronoUnit.MICROS)),
                UUID.fromString(event.getId()),
                event.getPhase() == Phase.PHASE_INTENT ? "INTENT" : "OUTCOME",
                source.getBoot(),
                source.getSequence(),
                event.getTenant().isEmpty() ? DEFAULT_TENANT : event.getTenant(),
                event.getOperation().name().substring("OPERATION_".length()),
                event.getAction(),
                event.getOutcome().name().substring("OUTCOME_".length()),
                event.getReason(),
                type.name().substring("ACTOR_TYPE_".length()),
                actor.getId(),
                actor.getName(),
                actor.getWorkload(),
                resource.getType(),
                resource.getId(),
                resource.getVersion(),
                source.getService(),
                source.getInstance(),
                source.getNamespace(),
                event.getRequestId(),
                event.getTraceId(),
                bytes,
                event.hasPersonal() ? UUID.fromString(event.getPersonal().getKeyId()) : null);
    }
}
