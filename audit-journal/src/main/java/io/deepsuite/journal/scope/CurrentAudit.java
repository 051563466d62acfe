package io.deepsuite.journal.scope;

/** Gives the audit scope of the call that is being served. Inject it; take the scope on the thread that the method was called on and keep it. */
public interface CurrentAudit {

    /** The scope of this call. */
    AuditScope scope();
}
