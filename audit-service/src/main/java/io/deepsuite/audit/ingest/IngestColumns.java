package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.IncomingEvent;
import io.vertx.core.buffer.Buffer;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Columns of a batch as the array parameters of its statements, one array per column. */
final class IngestColumns {

    private IngestColumns() {}

    static Object[] spans(List<Span> spans) {
        return new Object[] {
            array(spans, span -> span.partition().topic(), String[]::new),
            array(spans, span -> span.partition().partition(), Integer[]::new),
            array(spans, Span::firstOffset, Long[]::new),
            array(spans, Span::nextOffset, Long[]::new),
            array(spans, Span::events, Integer[]::new),
            array(spans, Span::duplicates, Integer[]::new),
            array(spans, Span::deadLetters, Integer[]::new)
        };
    }

    /** Key and source position of each event. */
    static Object[] identities(List<Arrival> arrivals) {
        return new Object[] {
            array(arrivals, arrival -> arrival.event().key().id(), UUID[]::new),
            texts(arrivals, event -> event.key().phase()),
            texts(arrivals, event -> event.position().service()),
            texts(arrivals, event -> event.position().instance()),
            array(arrivals, arrival -> arrival.event().position().boot(), Long[]::new),
            array(arrivals, arrival -> arrival.event().position().sequence(), Long[]::new)
        };
    }

    /**
     * All columns of each event, and where its record stands.
     *
     * @param leaves leaf index of each event; empty when the events are only tried
     * @param kinds number of each event's kind
     */
    static Object[] events(List<Arrival> arrivals, List<Long> leaves, List<Integer> kinds) {
        return new Object[] {
            array(arrivals, arrival -> arrival.event().occurredAt().atOffset(ZoneOffset.UTC), OffsetDateTime[]::new),
            array(arrivals, arrival -> arrival.event().key().id(), UUID[]::new),
            texts(arrivals, event -> event.key().phase()),
            array(arrivals, arrival -> arrival.event().position().boot(), Long[]::new),
            array(arrivals, arrival -> arrival.event().position().sequence(), Long[]::new),
            texts(arrivals, IncomingEvent::tenant),
            texts(arrivals, IncomingEvent::operation),
            texts(arrivals, IncomingEvent::action),
            texts(arrivals, IncomingEvent::outcome),
            texts(arrivals, IncomingEvent::reason),
            texts(arrivals, event -> event.actor().type()),
            texts(arrivals, event -> event.actor().id()),
            texts(arrivals, event -> event.actor().name()),
            texts(arrivals, event -> event.actor().workload()),
            texts(arrivals, event -> event.resource().type()),
            texts(arrivals, event -> event.resource().id()),
            texts(arrivals, event -> event.resource().version()),
            texts(arrivals, event -> event.position().service()),
            texts(arrivals, event -> event.position().instance()),
            texts(arrivals, IncomingEvent::namespace),
            texts(arrivals, IncomingEvent::requestId),
            texts(arrivals, IncomingEvent::traceId),
            array(arrivals, arrival -> Buffer.buffer(arrival.event().bytes().array()), Buffer[]::new),
            array(arrivals, arrival -> arrival.record().partition(), Integer[]::new),
            array(arrivals, arrival -> arrival.record().offset(), Long[]::new),
            leaves.isEmpty() ? new Long[arrivals.size()] : leaves.toArray(Long[]::new),
            personalKeys(arrivals),
            kinds.toArray(Integer[]::new)
        };
    }

    private static @Nullable UUID[] personalKeys(List<Arrival> arrivals) {
        var keys = new @Nullable UUID[arrivals.size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = arrivals.get(i).event().actor().personalKey().orElse(null);
        }
        return keys;
    }

    private static String[] texts(List<Arrival> arrivals, Function<IncomingEvent, String> column) {
        return array(arrivals, arrival -> column.apply(arrival.event()), String[]::new);
    }

    private static <R, T> T[] array(List<R> rows, Function<R, T> column, IntFunction<T[]> arrays) {
        return rows.stream().map(column).toArray(arrays);
    }
}
