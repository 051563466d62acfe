package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Source;
import io.deepsuite.journal.AuditJournal;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A journal in memory that can be slow or broken. */
@Singleton
class RecordingJournal implements AuditJournal {

    private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.WRITES;

    enum Mode {
        WRITES,
        HOLDS,
        BREAKS
    }

    @Override
    public Uni<AuditEvent> append(AuditEvent.Builder event) {
        if (mode == Mode.BREAKS) {
            return Uni.createFrom()
                    .failure(new DeepsuiteException(ErrorReason.AUDIT_UNAVAILABLE, "the journal cannot write"));
        }
        var stamped = event.setSource(
                        Source.newBuilder().setService("service-under-test").setSequence(events.size() + 1L))
                .build();
        events.add(stamped);
        if (mode == Mode.HOLDS) {
            return Uni.createFrom().<AuditEvent>emitter(emitter -> hold(emitter, stamped));
        }
        return Uni.createFrom().item(stamped);
    }

    private void hold(UniEmitter<? super AuditEvent> emitter, AuditEvent stamped) {
        held.add(() -> emitter.complete(stamped));
    }

    void reset(Mode next) {
        events.clear();
        held.clear();
        mode = next;
    }

    void release() {
        held.forEach(Runnable::run);
    }

    List<AuditEvent> events() {
        return List.copyOf(events);
    }
}
