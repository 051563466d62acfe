package io.deepsuite.bench.audit;

import com.google.protobuf.ProtocolMessageEnum;
import io.deepsuite.audit.v1.AuditEvent;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Rows for {@code audit_event}, prepared before the clock starts.
 *
 * @param partition where its events come from
 * @param firstOffset of its first event
 * @param size number of rows
 * @param columns values of each column, from the first row to the last
 */
record RowBatch(int partition, long firstOffset, int size, List<Object[]> columns) {

    /** As many as audit-service stores of a partition with one poll. */
    private static final int LIMIT = 2000;

    /** Offset after the last event. */
    long nextOffset() {
        return firstOffset + size;
    }

    /** All events of a round, all partitions side by side. */
    static List<RowBatch> all(SampleEvents events) {
        var batches = new ArrayList<RowBatch>();
        for (int partition = 0; partition < SampleEvents.PARTITIONS; partition++) {
            batches.addAll(of(partition, events));
        }
        batches.sort(Comparator.comparingLong(RowBatch::firstOffset));
        return batches;
    }

    private static List<RowBatch> of(int partition, SampleEvents events) {
        var batches = new ArrayList<RowBatch>();
        var pending = new ArrayList<AuditEvent>();
        long begin = (long) events.round() * events.perPartition();
        events.of(partition, event -> {
            pending.add(event);
            if (pending.size() == LIMIT) {
                batches.add(of(partition, begin + (long) LIMIT * batches.size(), pending));
                pending.clear();
            }
        });
        if (!pending.isEmpty()) {
            batches.add(of(partition, begin + (long) LIMIT * batches.size(), pending));
        }
        return batches;
    }

    private static RowBatch of(int partition, long firstOffset, List<AuditEvent> rows) {
        return new RowBatch(partition, firstOffset, rows.size(), columns(rows));
    }

    private static List<Object[]> columns(List<AuditEvent> rows) {
        return List.of(
                array(rows, RowBatch::time, OffsetDateTime[]::new),
                array(rows, event -> UUID.fromString(event.getId()), UUID[]::new),
                word(rows, AuditEvent::getPhase),
                array(rows, event -> event.getSource().getBoot(), Long[]::new),
                array(rows, event -> event.getSource().getSequence(), Long[]::new),
                text(rows, AuditEvent::getTenant),
                word(rows, AuditEvent::getOperation),
                text(rows, AuditEvent::getAction),
                word(rows, AuditEvent::getOutcome),
                text(rows, AuditEvent::getReason),
                array(rows, _ -> "USER", String[]::new),
                text(rows, event -> event.getActor().getId()),
                text(rows, event -> event.getActor().getName()),
                text(rows, event -> event.getActor().getWorkload()),
                text(rows, event -> event.getResource().getType()),
                text(rows, event -> event.getResource().getId()),
                text(rows, event -> event.getResource().getVersion()),
                text(rows, event -> event.getSource().getService()),
                text(rows, event -> event.getSource().getInstance()),
                text(rows, event -> event.getSource().getNamespace()),
                text(rows, AuditEvent::getRequestId),
                text(rows, AuditEvent::getTraceId),
                array(rows, event -> Buffer.buffer(event.toByteArray()), Buffer[]::new),
                array(rows, event -> UUID.fromString(event.getPersonal().getKeyId()), UUID[]::new));
    }

    private static OffsetDateTime time(AuditEvent event) {
        var time = event.getTime();
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).atOffset(ZoneOffset.UTC);
    }

    private static String[] text(List<AuditEvent> rows, Function<AuditEvent, String> column) {
        return array(rows, column, String[]::new);
    }

    /** The word of an enum as the columns have it: without its type's name. */
    private static String[] word(List<AuditEvent> rows, Function<AuditEvent, ProtocolMessageEnum> column) {
        return array(
                rows,
                event -> {
                    var name = column.apply(event).getValueDescriptor().getName();
                    return name.substring(name.indexOf('_') + 1);
                },
                String[]::new);
    }

    private static <T> T[] array(List<AuditEvent> rows, Function<AuditEvent, T> column, IntFunction<T[]> arrays) {
        return rows.stream().map(column).toArray(arrays);
    }
}
