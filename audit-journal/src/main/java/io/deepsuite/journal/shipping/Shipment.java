package io.deepsuite.journal.shipping;

import io.deepsuite.journal.file.JournalCursor;
import io.deepsuite.journal.file.Position;
import io.deepsuite.journal.file.StoredRecord;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * What one producer ships. It ends with its first failure: records behind a failed one may have been acknowledged, so the next shipment begins again behind
 * the last record up to which all were, and sends them once more, in order. The store knows an event by its id, so twice is once.
 */
final class Shipment implements Closeable {

    private final Producer<String, byte[]> producer;
    private final JournalCursor cursor;
    private final AuditRecords records;
    private final int mostInFlight;
    private final Runnable wake;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private volatile @Nullable Exception failure;

    private static final class InFlight {
        private final Position position;
        private final AtomicInteger unacknowledged;

        InFlight(Position position, int records) {
            this.position = position;
            unacknowledged = new AtomicInteger(records);
        }
    }

    /**
     * Up to where everything is acknowledged.
     *
     * @param position of the last record of an unbroken row of acknowledged ones
     * @param events how many records the row has grown by
     */
    record Settled(Position position, int events) {}

    /** @param wake called from Kafka's thread when a record has been acknowledged or has failed */
    Shipment(
            Producer<String, byte[]> producer,
            JournalCursor cursor,
            AuditRecords records,
            int mostInFlight,
            Runnable wake) {
        this.producer = producer;
        this.cursor = cursor;
        this.records = records;
        this.mostInFlight = mostInFlight;
        this.wake = wake;
    }

    /** Sends what is there, as far as the bound of records in flight allows. @return how many */
    int fill() throws IOException {
        int sent = 0;
        while (failure == null && inFlight.size() < mostInFlight) {
            Optional<StoredRecord> next = cursor.next();
            if (next.isEmpty()) {
                break;
            }
            var key = records.keyToKafka(next.get());
            var entry = new InFlight(next.get().position(), key.isPresent() ? 2 : 1);
            inFlight.add(entry);
            key.ifPresent(record -> send(record, entry)); // an event counts as shipped when what opens it is, too
            send(records.toKafka(next.get()), entry);
            sent++;
        }
        return sent;
    }

    private void send(ProducerRecord<String, byte[]> record, InFlight entry) {
        var _ = producer.send(record, (_, problem) -> {
            if (problem == null) {
                entry.unacknowledged.decrementAndGet();
            } else if (failure == null) {
                failure = problem;
            }
            wake.run();
        });
    }

    /** Takes off what has been acknowledged without a gap; empty when that is nothing new. */
    Optional<Settled> settle() {
        int events = 0;
        Position last = null;
        InFlight head = inFlight.peek();
        while (head != null && head.unacknowledged.get() == 0) {
            last = head.position;
            events++;
            inFlight.remove();
            head = inFlight.peek();
        }
        return last == null ? Optional.empty() : Optional.of(new Settled(last, events));
    }

    /** Whether nothing is on its way. */
    boolean isIdle() {
        return inFlight.isEmpty();
    }

    /** Why a record could not be sent; empty while none has failed. What was acknowledged before is settled after this has been asked. */
    Optional<KafkaException> failure() {
        return Optional.ofNullable(failure).map(cause -> new KafkaException("audit events could not be sent", cause));
    }

    /** Gives up what is still on its way. */
    @Override
    public void close() throws IOException {
        try (cursor) {
            producer.close(Duration.ZERO);
        }
    }
}
