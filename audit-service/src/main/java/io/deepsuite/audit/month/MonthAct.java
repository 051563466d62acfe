package io.deepsuite.audit.month;

import com.google.protobuf.Timestamp;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.servicekit.identity.Caller;
import java.time.Instant;
import java.time.YearMonth;
import java.util.UUID;

/**
 * Something that was done to a month as a whole, by whoever owns the store.
 *
 * @param act names it for good
 * @param action what was done: {@code audit-month.archive}, {@code .drop} or {@code .restore}
 * @param events how many the month's archive has
 * @param manifest SHA-256 of the archive's manifest, lower-case hexadecimal
 * @param role whose certificate it was done with
 */
record MonthAct(UUID act, String action, YearMonth month, long events, String manifest, String role, Instant time) {

    private static final String DROP = "audit-month.drop";

    /** The event that tells of it. The act is its request id: whoever finds two of them sees that they tell of one. */
    AuditEvent.Builder event(UUID id) {
        return AuditEvent.newBuilder()
                .setId(id.toString())
                .setTime(
                        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
                .setOperation(action.equals(DROP) ? Operation.OPERATION_DELETE : Operation.OPERATION_CREATE)
                .setAction(action)
                .setActor(Actor.newBuilder()
                        .setType(ActorType.ACTOR_TYPE_SERVICE_ACCOUNT)
                        .setId(role)
                        .setName(role)
                        .setWorkload(role))
                .setResource(Resource.newBuilder()
                        .setType("audit-month")
                        .setId(month.toString())
                        .setDigest(manifest))
                .setOutcome(Outcome.OUTCOME_SUCCESS)
                .setReason("OK")
                .setRequestId(act.toString())
                .setTenant(Caller.DEFAULT_TENANT)
                .setPhase(Phase.PHASE_OUTCOME)
                .putAttributes("item_count", Long.toString(events));
    }
}
