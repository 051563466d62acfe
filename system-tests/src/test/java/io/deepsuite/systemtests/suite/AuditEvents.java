package io.deepsuite.systemtests.suite;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.PersonalState;
import io.deepsuite.audit.v1.Phase;
import io.deepsuite.devstack.keycloak.Role;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The audit events as an auditor reads them over REST. */
public final class AuditEvents {

    /** Longest that an event may take to arrive when nothing is broken; generous, as machines differ. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration PATIENCE_AFTER_FAILURE = Duration.ofMinutes(3);
    private static final int LARGEST_PAGE = 1000;
    private static final String PATH = "/api/v1/audit-events";

    private final Suite suite;

    AuditEvents(Suite suite) {
        this.suite = suite;
    }

    /** Asks with these parameters, as they are. */
    public HttpResponse<String> query(Map<String, String> parameters) {
        var query = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        return suite.https().send(Https.request(address(query), suite.token(Role.AUDITOR)));
    }

    /** Where events are asked for. */
    public URI address(String query) {
        return suite.stack().addresses().audit().resolve(PATH + query);
    }

    /** The events of one request, as many as there are by now. */
    public List<AuditEvent> of(String requestId) {
        return read(Map.of("requestId", requestId));
    }

    /** The event of one request, once its outcome has arrived. Fails when there are several. */
    public AuditEvent awaitOne(String requestId) {
        await("event of " + requestId)
                .atMost(PATIENCE)
                .until(() -> of(requestId).stream().anyMatch(event -> isOutcome(event) && isWhole(event)));
        var events = of(requestId);
        if (events.size() != 1) {
            throw new AssertionError("expected one event of %s, found %s".formatted(requestId, events));
        }
        return events.getFirst();
    }

    /** Whether it is known who acted, or that nobody may know: keys of persons come by a topic of their own. */
    private static boolean isWhole(AuditEvent event) {
        return event.getActor().getPersonalState() != PersonalState.PERSONAL_STATE_UNAVAILABLE;
    }

    /**
     * Returns when every request has its event, and checks that none has more than one.
     *
     * @param since when the first of the requests was made, or earlier
     */
    public void awaitExactlyOneOfEach(Collection<String> requestIds, Instant since) {
        await("events of %d requests".formatted(requestIds.size()))
                .atMost(PATIENCE_AFTER_FAILURE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(() -> countsSince(since).keySet().containsAll(requestIds));
        var counts = countsSince(since);
        var repeated = requestIds.stream().filter(id -> counts.get(id) != 1).toList();
        if (!repeated.isEmpty()) {
            throw new AssertionError("more than one event of " + repeated);
        }
    }

    /** Number of events by request id. */
    private Map<String, Integer> countsSince(Instant since) {
        var counts = new HashMap<String, Integer>();
        for (var event : all(Map.of("from", since.toString()))) {
            if (isOutcome(event)) {
                counts.merge(event.getRequestId(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Until a change has one, its intent stands in the answers. An event that says neither is an outcome. */
    private static boolean isOutcome(AuditEvent event) {
        return event.getPhase() != Phase.PHASE_INTENT;
    }

    /** Every event that fits, over all pages. */
    public List<AuditEvent> all(Map<String, String> filters) {
        return pagesOf(LARGEST_PAGE, filters);
    }

    /** The same over pages of that size. */
    public List<AuditEvent> pagesOf(int limit, Map<String, String> filters) {
        var events = new ArrayList<AuditEvent>();
        var parameters = new HashMap<>(filters);
        parameters.put("limit", Integer.toString(limit));
        for (boolean more = true; more; ) {
            var page = page(parameters);
            page.path("events").forEach(event -> events.add(parse(event)));
            parameters.put("pageToken", page.path("nextPageToken").asText());
            more = !page.path("nextPageToken").asText().isEmpty();
        }
        return events;
    }

    private List<AuditEvent> read(Map<String, String> parameters) {
        var events = new ArrayList<AuditEvent>();
        page(parameters).path("events").forEach(event -> events.add(parse(event)));
        return events;
    }

    private JsonNode page(Map<String, String> parameters) {
        var response = query(parameters);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + " " + response.body());
        }
        return Https.json(response);
    }

    private static AuditEvent parse(JsonNode json) {
        try {
            var event = AuditEvent.newBuilder();
            JsonFormat.parser().merge(json.toString(), event);
            return event.build();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException("not an audit event in proto3 JSON: " + json, e);
        }
    }
}
