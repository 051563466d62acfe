package io.deepsuite.audit.kind;

import io.deepsuite.audit.event.IncomingEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that many events share, and that are looked for together: see the table {@code audit_event_kind}.
 *
 * @param tenant tenant whose data was touched
 * @param operation kind of access
 * @param action finer verb
 * @param outcome result
 * @param reason why it failed, or {@code OK}
 * @param actorType kind of actor
 * @param resourceType kind of resource
 * @param service service that wrote the event
 * @param namespace namespace of that service
 */
public record EventKind(
        String tenant,
        String operation,
        String action,
        String outcome,
        String reason,
        String actorType,
        String resourceType,
        String service,
        String namespace) {

    /** The kind of an event. */
    public static EventKind of(IncomingEvent event) {
        return new EventKind(
                event.tenant(),
                event.operation(),
                event.action(),
                event.outcome(),
                event.reason(),
                event.actor().type(),
                event.resource().type(),
                event.position().service(),
                event.namespace());
    }

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventKind that
                && action.equals(that.action)
                && reason.equals(that.reason)
                && outcome.equals(that.outcome)
                && service.equals(that.service)
                && namespace.equals(that.namespace)
                && tenant.equals(that.tenant)
                && operation.equals(that.operation)
                && actorType.equals(that.actorType)
                && resourceType.equals(that.resourceType);
    }

    /** All values, in the order of the table. */
    List<String> values() {
        return List.of(tenant, operation, action, outcome, reason, actorType, resourceType, service, namespace);
    }
}
