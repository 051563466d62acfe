package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.Operation;

/**
 * What a method declares about its audit events.
 *
 * @param operation kind of access
 * @param action finer verb, such as {@code inference.chat}
 * @param resourceType type of the resource acted upon
 */
record Declaration(Operation operation, String action, String resourceType) {

    static Declaration of(Audited annotation) {
        return new Declaration(annotation.operation(), annotation.action(), annotation.resourceType());
    }
}
