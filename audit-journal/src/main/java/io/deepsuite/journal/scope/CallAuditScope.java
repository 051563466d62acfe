package io.deepsuite.journal.scope;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.journal.AuditJournal;
import io.deepsuite.journal.UnauditedReads;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.Caller;
import io.deepsuite.servicekit.request.CallContext;
import io.deepsuite.servicekit.time.UuidV7;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit scope of one call. Thread-safe: use cases end it on their thread, cancellation on the event loop. */
final class CallAuditScope implements AuditScope {

    private static final Logger LOGGER = LoggerFactory.getLogger(CallAuditScope.class);

    private static final int MAX_ATTRIBUTES = 16;
    private static final String OK = "OK";

    private final CallContext call;
    private final AuditJournal journal;
    private final UnauditedReads unaudited;
    private final InstantSource clock;
    private final @Nullable Context context = Vertx.currentContext();
    private final AuditEvent.Builder event = AuditEvent.newBuilder();
    private final Resource.Builder resource = Resource.newBuilder();
    private InferenceDetail.@Nullable Builder inference;
    private @Nullable Uni<Void> intent;
    private @Nullable Uni<Void> end;

    CallAuditScope(
            CallContext call,
            Declaration declaration,
            AuditJournal journal,
            UnauditedReads unaudited,
            InstantSource clock) {
        this.call = call;
        this.journal = journal;
        this.unaudited = unaudited;
        this.clock = clock;
        event.setOperation(declaration.operation()).setAction(EventTexts.text(declaration.action()));
        resource.setType(EventTexts.text(declaration.resourceType()));
    }

    @Override
    public synchronized AuditScope resource(String id, String version, String digest) {
        resource.setId(EventTexts.text(id)).setVersion(EventTexts.text(version)).setDigest(EventTexts.text(digest));
        return this;
    }

    @Override
    public synchronized AuditScope inference(Consumer<InferenceDetail.Builder> change) {
        var detail = inference == null ? InferenceDetail.newBuilder() : inference;
        change.accept(detail);
        inference = detail;
        return this;
    }

    @Override
    public synchronized AuditScope attribute(String key, String value) {
        if (event.getAttributesCount() >= MAX_ATTRIBUTES && !event.containsAttributes(key)) {
            throw new IllegalArgumentException(
                    "attributes: one more than %d (expected: at most %d)".formatted(MAX_ATTRIBUTES, MAX_ATTRIBUTES));
        }
        event.putAttributes(key, EventTexts.attribute(value));
        return this;
    }

    @Override
    public synchronized Uni<Void> begin() {
        if (intent == null) {
            intent = (end == null
                            ? append(stamped(event.clone(), Phase.PHASE_INTENT))
                            : Uni.createFrom().voidItem())
                    .invoke(this::checkNotEnded);
        }
        return intent;
    }

    private void checkNotEnded() {
        if (ended()) {
            throw new DeepsuiteException(ErrorReason.CANCELLED, "the call ended before its change");
        }
    }

    @Override
    public Uni<Void> succeed() {
        return end(Outcome.OUTCOME_SUCCESS, OK);
    }

    @Override
    public Uni<Void> fail(ErrorReason reason) {
        return end(Outcome.OUTCOME_FAILURE, reason.name());
    }

    /** Whether the outcome is decided. */
    synchronized boolean ended() {
        return end != null;
    }

    private synchronized Uni<Void> end(Outcome outcome, String reason) {
        if (end == null) {
            if (outcome == Outcome.OUTCOME_SUCCESS
                    && intent == null
                    && event.getOperation() != Operation.OPERATION_READ) {
                LOGGER.atError()
                        .addKeyValue("action", event.getAction())
                        .log("a change has happened that was not announced, its method lacks AuditScope.begin");
            }
            event.setOutcome(outcome)
                    .setReason(reason)
                    .setDuration(Durations.fromNanos(call.elapsed().toNanos()));
            end = append(stamped(event, Phase.PHASE_OUTCOME));
        }
        return end;
    }

    /** Appended now, whether or not anybody waits for it; who waits sees the failure. */
    private Uni<Void> append(AuditEvent.Builder record) {
        var appended = journal.append(record).replaceWithVoid();
        if (unaudited.serves(event.getOperation(), event.getAction())) {
            appended = appended.onFailure()
                    .invoke(() -> unaudited.missed(event.getAction()))
                    .onFailure()
                    .recoverWithNull();
        }
        var durable = appended.memoize().indefinitely();
        durable.subscribe().with(_ -> {}, _ -> {});
        return context == null ? durable : durable.emitOn(task -> context.runOnContext(_ -> task.run()));
    }

    private AuditEvent.Builder stamped(AuditEvent.Builder record, Phase phase) {
        if (event.getId().isEmpty()) {
            event.setId(UuidV7.next(clock).toString());
        }
        var caller = call.caller();
        record.setId(event.getId())
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setActor(actor(caller))
                .setResource(resource)
                .setRequestId(EventTexts.text(call.requestId()))
                .setTraceId(EventTexts.text(call.traceId()))
                .setTenant(EventTexts.tenant(caller.tenant()))
                .setPhase(phase);
        if (inference != null) {
            record.setInference(inference);
        }
        return record;
    }

    private static Actor actor(Caller caller) {
        return Actor.newBuilder()
                .setType(
                        switch (caller.kind()) {
                            case USER -> ActorType.ACTOR_TYPE_USER;
                            case SERVICE_ACCOUNT -> ActorType.ACTOR_TYPE_SERVICE_ACCOUNT;
                            case UNKNOWN -> ActorType.ACTOR_TYPE_UNSPECIFIED;
                        })
                .setId(EventTexts.text(caller.id()))
                .setName(EventTexts.text(caller.name()))
                .setWorkload(EventTexts.text(caller.workload()))
                .setWorkloadCertificateSha256(EventTexts.text(caller.workloadCertificateSha256()))
                .setSourceAddress(EventTexts.text(caller.sourceAddress()))
                .setClientId(EventTexts.text(caller.clientId()))
                .setSessionId(EventTexts.text(caller.sessionId()))
                .setWorkloadSpiffeId(EventTexts.text(caller.workloadSpiffeId()))
                .build();
    }
}
