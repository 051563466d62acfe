package io.deepsuite.audit.event;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import io.deepsuite.audit.event.IncomingEvent.EventActor;
import io.deepsuite.audit.event.IncomingEvent.EventResource;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events from the bytes of the contract, and shows them as JSON. */
public final class AuditEventProtoMapper {

    /** Longest text that is stored, in bytes of UTF-8: an index entry has to fit into a third of a database page. */
    static final int MAX_TEXT_BYTES = 1024;

    /** Longest tenant, in bytes of UTF-8; it leads every index. */
    static final int MAX_TENANT_BYTES = 256;

    /** Highest boot, and highest sequence, of a source. No journal gets there in a human life, and numbers up to it can be added up without an overflow. */
    static final long MAX_NUMBER = 1_000_000_000_000_000L;

    private static final String DEFAULT_TENANT = "default";
    private static final long MIN_SECONDS =
            Instant.parse("1970-01-01T00:00:00Z").getEpochSecond();
    private static final long MAX_SECONDS =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

    private AuditEventProtoMapper() {}

    /** Reads and checks a record's value. Unknown fields are kept in the bytes: newer services may send more than this one knows. */
    public static ReadEvent read(byte @Nullable [] value) {
        if (value == null) {
            return new ReadEvent.Invalid(EventFault.VALUE_MISSING, "value: none (expected: an AuditEvent)");
        }
        try {
            return new ReadEvent.Valid(toEvent(AuditEvent.parseFrom(value), new EventBytes(value)));
        } catch (InvalidProtocolBufferException malformed) {
            return new ReadEvent.Invalid(
                    EventFault.UNPARSABLE, "value: %d bytes (expected: an AuditEvent)".formatted(value.length));
        } catch (EventFaultException refused) {
            return new ReadEvent.Invalid(refused.fault, refused.detail);
        }
    }

    /**
     * Proto3 JSON of a stored event, on one line.
     *
     * @throws IllegalStateException if the bytes are not an event; stored ones always are
     */
    public static String toJson(byte[] value) {
        try {
            // dynamic, so that nothing is looked up by reflection in a native executable
            return PRINTER.print(DynamicMessage.parseFrom(AuditEvent.getDescriptor(), value));
        } catch (InvalidProtocolBufferException corrupt) {
            throw new IllegalStateException("stored event cannot be read", corrupt);
        }
    }

    private static IncomingEvent toEvent(AuditEvent proto, EventBytes bytes) {
        var phase = phaseOf(proto);
        var actor = proto.getActor();
        var resource = proto.getResource();
        return new IncomingEvent(
                new EventKey(idOf(proto.getId()), phase),
                timeOf(proto),
                positionOf(proto.getSource()),
                text("source.namespace", proto.getSource().getNamespace()),
                tenantOf(proto.getTenant()),
                operationOf(proto.getOperation()),
                actionOf(proto.getAction()),
                outcomeOf(proto.getOutcome(), phase),
                text("reason", proto.getReason()),
                new EventActor(
                        actorTypeOf(actor.getType()),
                        text("actor.id", actor.getId()),
                        text("actor.name", actor.getName()),
                        text("actor.workload", actor.getWorkload()),
                        personalKeyOf(proto)),
                new EventResource(
                        text("resource.type", resource.getType()),
                        text("resource.id", resource.getId()),
                        text("resource.version", resource.getVersion())),
                text("request_id", proto.getRequestId()),
                text("trace_id", proto.getTraceId()),
                SourceEndProtoMapper.read(proto),
                bytes);
    }

    private static UUID idOf(String id) {
        return canonicalUuid(id)
                .orElseThrow(() -> new EventFaultException(
                        EventFault.ID_INVALID, "id: %d characters (expected: a UUID)".formatted(id.length())));
    }

    private static Optional<UUID> personalKeyOf(AuditEvent proto) {
        if (!proto.hasPersonal()) {
            return Optional.empty();
        }
        var id = proto.getPersonal().getKeyId();
        var key = canonicalUuid(id);
        if (key.isEmpty()) {
            throw new EventFaultException(
                    EventFault.PERSONAL_INVALID,
                    "personal.key_id: %d characters (expected: a UUID)".formatted(id.length()));
        }
        return key;
    }

    /** The UUID that a text names in canonical form, lower case; empty for anything else. */
    public static Optional<UUID> canonicalUuid(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            var id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Instant timeOf(AuditEvent proto) {
        Timestamp time = proto.getTime();
        if (!proto.hasTime()
                || time.getSeconds() <= MIN_SECONDS
                || time.getSeconds() > MAX_SECONDS
                || time.getNanos() < 0
                || time.getNanos() >= NANOS_PER_SECOND) {
            throw new EventFaultException(
                    EventFault.TIME_INVALID,
                    "time: %s (expected: after 1970 and before 10000)"
                            .formatted(
                                    proto.hasTime() ? time.getSeconds() + " s, " + time.getNanos() + " ns" : "none"));
        }
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).truncatedTo(ChronoUnit.MICROS);
    }

    private static SourcePosition positionOf(Source source) {
        if (source.getService().isEmpty()
                || source.getInstance().isEmpty()
                || !isNumber(source.getBoot())
                || !isNumber(source.getSequence())) {
            throw new EventFaultException(
                    EventFault.SOURCE_INVALID,
                    "source: boot %d, sequence %d (expected: service, instance, boot and sequence from 1 to %d)"
                            .formatted(source.getBoot(), source.getSequence(), MAX_NUMBER));
        }
        return new SourcePosition(
                text("source.service", source.getService()),
                text("source.instance", source.getInstance()),
                source.getBoot(),
                source.getSequence());
    }

    private static boolean isNumber(long number) {
        return number >= 1 && number <= MAX_NUMBER;
    }

    static String tenantOf(String tenant) {
        return tenant.isEmpty() ? DEFAULT_TENANT : text("tenant", tenant, MAX_TENANT_BYTES);
    }

    private static String actionOf(String action) {
        if (action.isEmpty()) {
            throw new EventFaultException(EventFault.ACTION_INVALID, "action: none (expected: a verb)");
        }
        return text("action", action);
    }

    private static String operationOf(Operation operation) {
        return switch (operation) {
            case OPERATION_CREATE -> "CREATE";
            case OPERATION_READ -> "READ";
            case OPERATION_UPDATE -> "UPDATE";
            case OPERATION_DELETE -> "DELETE";
            case OPERATION_UNSPECIFIED, UNRECOGNIZED ->
                throw new EventFaultException(
                        EventFault.OPERATION_INVALID,
                        "operation: %s (expected: CREATE, READ, UPDATE or DELETE)".formatted(operation));
        };
    }

    private static String phaseOf(AuditEvent proto) {
        return switch (proto.getPhase()) {
            case PHASE_INTENT -> EventKey.INTENT;
            case PHASE_OUTCOME, PHASE_UNSPECIFIED -> EventKey.OUTCOME;
            case UNRECOGNIZED ->
                throw new EventFaultException(
                        EventFault.OUTCOME_INVALID, "phase: %d (expected: 0 to 2)".formatted(proto.getPhaseValue()));
        };
    }

    private static String outcomeOf(Outcome outcome, String phase) {
        boolean known = outcome == Outcome.OUTCOME_SUCCESS || outcome == Outcome.OUTCOME_FAILURE;
        boolean fits = phase.equals(EventKey.OUTCOME) ? known : outcome == Outcome.OUTCOME_UNSPECIFIED;
        if (!fits) {
            throw new EventFaultException(
                    EventFault.OUTCOME_INVALID,
                    "outcome: %s in phase %s (expected: SUCCESS or FAILURE, or none in an intent)"
                            .formatted(outcome, phase));
        }
        return outcome.name().substring("OUTCOME_".length());
    }

    private static String actorTypeOf(ActorType type) {
        return switch (type) {
            case ACTOR_TYPE_USER -> "USER";
            case ACTOR_TYPE_SERVICE_ACCOUNT -> "SERVICE_ACCOUNT";
            case ACTOR_TYPE_UNSPECIFIED, UNRECOGNIZED -> "UNSPECIFIED";
        };
    }

    private static String text(String field, String value) {
        return text(field, value, MAX_TEXT_BYTES);
    }

    private static String text(String field, String value, int maxBytes) {
        // a UTF-16 unit is at most three bytes of UTF-8, so short texts need no counting
        if (value.length() > maxBytes / 3 && value.getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            throw new EventFaultException(
                    EventFault.TEXT_INVALID,
                    "%s: %d characters (expected: at most %d bytes)".formatted(field, value.length(), maxBytes));
        }
        if (value.indexOf('\0') >= 0) {
            throw new EventFaultException(EventFault.TEXT_INVALID, field + ": NUL character (expected: none)");
        }
        return value;
    }

    /** Leaves the checks early; never leaves this class. */
    private static final class EventFaultException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final EventFault fault;
        private final String detail;

        EventFaultException(EventFault fault, String detail) {
            super(detail, null, false, false);
            this.fault = fault;
            this.detail = detail;
        }
    }
}
