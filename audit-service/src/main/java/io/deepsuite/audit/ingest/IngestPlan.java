package io.deepsuite.audit.ingest;

import io.deepsuite.audit.deadletter.DeadLetter;
import io.deepsuite.audit.event.EventFault;
import io.deepsuite.audit.event.ReadEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What to do with a batch: events to store, records to put aside, positions to move. A pure function of what was read, where the positions stand and what
 * the store holds, so that it can be made again when any of these has changed.
 *
 * @param spans one per partition that moves, ordered by partition
 * @param arrivals new events, ordered by partition and offset
 * @param letters records to put aside, in the same order
 * @param duplicates events that are stored already, or stand twice in the batch
 */
record IngestPlan(List<Span> spans, List<Arrival> arrivals, List<DeadLetter> letters, int duplicates) {

    IngestPlan {
        spans = List.copyOf(spans);
        arrivals = List.copyOf(arrivals);
        letters = List.copyOf(letters);
    }

    /**
     * Makes the plan.
     *
     * @param readings the batch
     * @param positions where each partition of the batch stands; records before are stored already. A partition that is not in the map stands at its first record
     * @param stored events of the store that share a key or a source position with the batch, as far as known
     * @param refused records whose values the database does not take
     */
    static IngestPlan make(
            Map<TopicPartition, List<Reading>> readings,
            Map<TopicPartition, Long> positions,
            Collection<StoredIdentity> stored,
            Set<ConsumerRecord<byte[], byte[]>> refused) {
        var builder = new Builder(new EventSieve(stored), refused);
        readings.keySet().stream()
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition))
                .forEach(partition ->
                        builder.partition(partition, readings.getOrDefault(partition, List.of()), positions));
        return builder.build();
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    private static final class Builder {

        private final EventSieve sieve;
        private final Set<ConsumerRecord<byte[], byte[]>> refused;
        private final List<Span> spans = new ArrayList<>();
        private final List<Arrival> arrivals = new ArrayList<>();
        private final List<DeadLetter> letters = new ArrayList<>();
        private int duplicates;

        Builder(EventSieve sieve, Set<ConsumerRecord<byte[], byte[]>> refused) {
            this.sieve = sieve;
            this.refused = refused;
        }

        void partition(TopicPartition partition, List<Reading> readings, Map<TopicPartition, Long> positions) {
            var position = positions.get(partition);
            var pending = readings.stream()
                    .filter(reading -> position == null || reading.record().offset() >= position)
                    .toList();
            if (pending.isEmpty()) {
                return;
            }
            int arrivalsBefore = arrivals.size();
            int lettersBefore = letters.size();
            int duplicatesBefore = duplicates;
            pending.forEach(this::reading);
            spans.add(new Span(
                    partition,
                    position == null ? pending.getFirst().record().offset() : position,
                    pending.getLast().record().offset() + 1,
                    arrivals.size() - arrivalsBefore,
                    duplicates - duplicatesBefore,
                    letters.size() - lettersBefore));
        }

        private void reading(Reading reading) {
            var record = reading.record();
            switch (reading.result()) {
                case ReadEvent.Invalid(var fault, var detail) -> letters.add(new DeadLetter(fault, detail, record));
                case ReadEvent.Valid _
                when refused.contains(record) ->
                    letters.add(new DeadLetter(
                            EventFault.STORE_REFUSED, "event: values the database does not take", record));
                case ReadEvent.Valid(var event) -> {
                    switch (sieve.sift(event)) {
                        case EventSieve.Verdict.New _ -> arrivals.add(new Arrival(record, event));
                        case EventSieve.Verdict.Duplicate _ -> duplicates++;
                        case EventSieve.Verdict.Conflict(var fault, var detail) ->
                            letters.add(new DeadLetter(fault, detail, record));
                    }
                }
            }
        }

        IngestPlan build() {
            return new IngestPlan(spans, arrivals, letters, duplicates);
        }
    }
}
