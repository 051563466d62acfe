package io.deepsuite.journal;

import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.journal.file.Position;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.time.UuidV7;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Events of the journal about itself, so that whoever follows a source knows where it ended. The first event of a boot tells the last number of the boot
 * before, which may have died without a word; the last event of a boot that is closed in order says that it is the last.
 */
final class JournalEvents {

    private static final String OPENED = "journal.open";
    private static final String CLOSED = "journal.close";
    private static final String UNAUDITED = "journal.unaudited";
    private static final String UNKNOWN = "UNKNOWN";

    private final JournalConfig config;
    private final InstantSource clock;

    JournalEvents(JournalConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    /** @param previous last record of earlier boots */
    AuditEvent.Builder opened(Position previous) {
        var event = event(Operation.OPERATION_CREATE, OPENED);
        if (previous.boot() > 0) {
            event.putAttributes("previous_boot", Long.toString(previous.boot()))
                    .putAttributes("previous_sequence", Long.toString(previous.sequence()));
        }
        return event;
    }

    AuditEvent.Builder closed() {
        return event(Operation.OPERATION_UPDATE, CLOSED);
    }

    /** The outcome of a change that an earlier boot announced and did not end: nobody knows whether it took effect. */
    AuditEvent.Builder interrupted(AuditEvent intent) {
        return intent.toBuilder()
                .clearSource()
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setOutcome(Outcome.OUTCOME_FAILURE)
                .setReason(UNKNOWN)
                .setPhase(Phase.PHASE_OUTCOME);
    }

    /**
     * Reads that have no event of their own.
     *
     * @param since when the first of them was served
     * @param missing how many, by action; fewer actions than an event has attributes
     */
    AuditEvent.Builder unaudited(Instant since, Map<String, Long> missing) {
        var event = event(Operation.OPERATION_READ, UNAUDITED).putAttributes("since", since.toString());
        missing.forEach(
                (action, count) -> event.putAttributes(action.replaceAll("[^a-z0-9]", "_"), Long.toString(count)));
        return event;
    }

    private AuditEvent.Builder event(Operation operation, String action) {
        return AuditEvent.newBuilder()
                .setId(UuidV7.next(clock).toString())
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setOperation(operation)
                .setAction(action)
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT)
                        .setId(config.service())
                        .setName(config.service())
                        .setWorkload(config.service()))
                .setResource(Resource.newBuilder().setType("journal").setId(config.service() + '/' + config.instance()))
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setTenant(Caller.DEFAULT_TENANT)
                .setPhase(Phase.PHASE_OUTCOME);
    }
}
