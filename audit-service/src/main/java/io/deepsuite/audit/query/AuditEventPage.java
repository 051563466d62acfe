package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.Tier;
import io.deepsuite.audit.tier.TierAnswers;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One page of events, newest first.
 *
 * @param events at most the request's limit
 * @param nextPageToken token of the next page; empty when this is the last
 * @param archives parts of the time asked for that are in archives, and not searched
 */
record AuditEventPage(List<StoredEvent> events, String nextPageToken, List<Tier> archives) {

    AuditEventPage {
        events = List.copyOf(events);
        archives = List.copyOf(archives);
    }

    AuditEventPage(List<StoredEvent> events, String nextPageToken) {
        this(events, nextPageToken, List.of());
    }

    /** The same, with what was not searched. */
    AuditEventPage with(List<Tier> reached) {
        return new AuditEventPage(events, nextPageToken, reached);
    }

    /**
     * Merges lists that the same request was answered with, and cuts them to the page.
     *
     * @param lists each newest first, and with one event more than the limit if there are so many
     */
    static AuditEventPage merge(AuditEventRequest request, List<List<StoredEvent>> lists) {
        var merged = lists.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(StoredEvent.NEWEST_FIRST)
                .limit(request.limit() + 1L)
                .toList();
        if (merged.size() <= request.limit()) {
            return new AuditEventPage(merged, "");
        }
        var page = merged.subList(0, request.limit());
        var last = page.getLast();
        return new AuditEventPage(page, new PageToken(last.occurredAt(), last.id()).encode(request.filter()));
    }

    /** The answer's body. Events are JSON already, and a token needs no escapes. */
    String toJson() {
        return events.stream()
                .map(StoredEvent::json)
                .collect(Collectors.joining(
                        ",",
                        "{\"events\":[",
                        "],\"nextPageToken\":\"" + nextPageToken + "\"" + TierAnswers.member(archives) + "}"));
    }
}
