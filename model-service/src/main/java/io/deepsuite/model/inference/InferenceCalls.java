package io.deepsuite.model.inference;

import io.deepsuite.journal.scope.CurrentAudit;
import io.deepsuite.model.engine.CallLifetime;
import io.deepsuite.servicekit.request.CurrentCall;
import jakarta.enterprise.context.ApplicationScoped;

/** Begins calls for the faces. */
@ApplicationScoped
public class InferenceCalls {

    private final CurrentCall call;
    private final CurrentAudit audit;
    private final InferenceConfig config;

    InferenceCalls(CurrentCall call, CurrentAudit audit, InferenceConfig config) {
        this.call = call;
        this.audit = audit;
        this.config = config;
    }

    /** The call that is being served on this thread; its deadline runs from now. */
    public InferenceCall begin() {
        return new InferenceCall(
                call.caller().tenant(), new AuditScopeClient(audit.scope()), new CallLifetime(config.callTimeout()));
    }
}
