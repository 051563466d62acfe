package io.deepsuite.journal.scope;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.deepsuite.audit.v1.Actor;
import io.deepsuite.audit.v1.ActorType;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.audit.v1.Outcome;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.audit.v1.Resource;
import io.deepsuite.journal.AuditJournal;
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

/** The audit scope of one call. Thread-safe: use cases end it on their thread, cancellation on the event loop. */
final class CallAuditScope implements AuditScope {

    private static final int MAX_ATTRIBUTES = 16;
    private static final int MAX_VALUE_LENGTH = 256;
    private static final String OK = "OK";

    private final CallContext call;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final @Nullable Context context = Vertx.currentContext();
    private final AuditEvent.Builder event = AuditEvent.newBuilder();
    private final Resource.Builder resource = Resource.newBuilder();
    private InferenceDetail.@Nullable Builder inference;
    private @Nullable Uni<Void> end;

    CallAuditScope(CallContext call, Declaration declaration, AuditJournal journal, InstantSource clock) {
        this.call = call;
        this.journal = journal;
        this.clock = clock;
        event.setOperation(declaration.operation()).setAction(declaration.action());
        resource.setType(declaration.resourceType());
    }

    @Override
    public synchronized AuditScope resource(String id, String version, String digest) {
        resource.setId(id).setVersion(version).setDigest(digest);
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
        event.putAttributes(key, value.length() > MAX_VALUE_LENGTH ? value.substring(0, MAX_VALUE_LENGTH) : value);
        return this;
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
            event.setOutcome(outcome).setReason(reason);
            var durable = journal.append(complete()).replaceWithVoid().memoize().indefinitely();
            // appended now, whether or not anybody waits for it; who waits sees the failure
            durable.subscribe().with(_ -> {}, _ -> {});
            end = context == null ? durable : durable.emitOn(task -> context.runOnContext(_ -> task.run()));
        }
        return end;
    }

    private AuditEvent.Builder complete() {
        var caller = call.caller();
        event.setId(UuidV7.next(clock).toString())
                .setTime(Timestamps.fromMillis(clock.millis()))
                .setActor(actor(caller))
                .setResource(resource)
                .setRequestId(call.requestId())
                .setTraceId(call.traceId())
                .setTenant(caller.tenant())
                .setDuration(Durations.fromNanos(call.elapsed().toNanos()))
                .setPhase(Phase.PHASE_OUTCOME);
        if (inference != null) {
            event.setInference(inference);
        }
        return event;
    }

    private static Actor actor(Caller caller) {
        return Actor.newBuilder()
                .setType(
                        switch (caller.kind()) {
                            case USER -> ActorType.ACTOR_TYPE_USER;
                            case SERVICE_ACCOUNT -> ActorType.ACTOR_TYPE_SERVICE_ACCOUNT;
                            case UNKNOWN -> ActorType.ACTOR_TYPE_UNSPECIFIED;
                        })
                .setId(caller.id())
                .setName(caller.name())
                .setWorkload(caller.workload())
                .setWorkloadCertificateSha256(caller.workloadCertificateSha256())
                .setSourceAddress(caller.sourceAddress())
                .setClientId(caller.clientId())
                .build();
    }
}
