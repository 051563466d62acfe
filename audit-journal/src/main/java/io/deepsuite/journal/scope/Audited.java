package io.deepsuite.journal.scope;

import io.deepsuite.audit.v1.Operation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes the calls of a REST method leave an audit event, denied and malformed ones included. gRPC methods declare the same in their contract with the option
 * {@code deepsuite.audit.v1.audited}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Audited {

    /** Kind of access. */
    Operation operation();

    /** Finer verb, such as {@code inference.chat}. */
    String action();

    /** Type of the resource acted upon, such as {@code model}. */
    String resourceType();
}
