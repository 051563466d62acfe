package io.deepsuite.audit.event;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A valid event, ready to be stored. Texts hold no NUL character; those that do not apply are empty.
 *
 * @param key id and phase
 * @param occurredAt UTC, cut to microseconds
 * @param position place in its source's sequence
 * @param namespace namespace of the source
 * @param tenant tenant whose data was touched
 * @param operation {@code CREATE}, {@code READ}, {@code UPDATE} or {@code DELETE}
 * @param action finer verb
 * @param outcome {@code SUCCESS} or {@code FAILURE}; {@code UNSPECIFIED} in an intent
 * @param reason why it failed, or {@code OK}
 * @param actor who acted
 * @param resource what was acted upon
 * @param requestId request id of the call
 * @param traceId W3C trace id
 * @param end which source has ended, where the event says so
 * @param bytes the event as received
 */
public record IncomingEvent(
        EventKey key,
        Instant occurredAt,
        SourcePosition position,
        String namespace,
        String tenant,
        String operation,
        String action,
        String outcome,
        String reason,
        EventActor actor,
        EventResource resource,
        String requestId,
        String traceId,
        Optional<SourceEnd> end,
        EventBytes bytes) {

    /**
     * Who acted.
     *
     * @param type {@code USER}, {@code SERVICE_ACCOUNT} or {@code UNSPECIFIED}
     * @param id subject
     * @param name readable name
     * @param workload common name of the client certificate
     * @param personalKey key that opens id, name and source address, where they are sealed: these texts are empty then
     */
    public record EventActor(String type, String id, String name, String workload, Optional<UUID> personalKey) {}

    /**
     * What was acted upon.
     *
     * @param type kind of resource
     * @param id identifier within the kind
     * @param version version, where there is one
     */
    public record EventResource(String type, String id, String version) {}
}
