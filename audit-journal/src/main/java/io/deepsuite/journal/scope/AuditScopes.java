package io.deepsuite.journal.scope;

import io.deepsuite.journal.AuditJournal;
import io.deepsuite.journal.UnauditedReads;
import io.deepsuite.servicekit.request.CallContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Opens audit scopes and finds them again. */
@ApplicationScoped
public class AuditScopes implements CurrentAudit {

    private final AuditJournal journal;
    private final UnauditedReads unaudited;
    private final InstantSource clock;

    AuditScopes(AuditJournal journal, UnauditedReads unaudited, InstantSource clock) {
        this.journal = journal;
        this.unaudited = unaudited;
        this.clock = clock;
    }

    @Override
    public AuditScope scope() {
        return CallContext.current()
                .flatMap(call -> call.attached(CallAuditScope.class))
                .orElseThrow(() -> new IllegalStateException("no audited call is being served in this context"));
    }

    /** The scope of a call, opened when it has none. */
    CallAuditScope open(CallContext call, Declaration declaration) {
        return call.attached(CallAuditScope.class).orElseGet(() -> {
            var scope = new CallAuditScope(call, declaration, journal, unaudited, clock);
            call.attach(CallAuditScope.class, scope);
            return scope;
        });
    }
}
