package io.deepsuite.audit.ingest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the Kafka consumer to where the database says, when what it delivers lies elsewhere; and measures how far the topic's end is. */
@ApplicationScoped
public class IngestSeeker {

    private static final Logger LOGGER = LoggerFactory.getLogger(IngestSeeker.class);

    private final KafkaClientService clients;
    private final IngestPositions positions;
    private final IngestState state;

    IngestSeeker(KafkaClientService clients, IngestPositions positions, IngestState state) {
        this.clients = clients;
        this.positions = positions;
        this.state = state;
    }

    /**
     * Drops partitions of the delivery that do not continue their position, and seeks there: forward when all of it is stored already, back when records are
     * missing before it. Records that Kafka does not have any more are reported, and not waited for.
     */
    Uni<Void> closeGaps(Delivery delivery) {
        return Multi.createFrom()
                .iterable(positions.known(delivery.partitions()).entrySet())
                .onItem()
                .transformToUniAndConcatenate(entry -> closeGap(delivery, entry.getKey(), entry.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> closeGap(Delivery delivery, TopicPartition partition, long position) {
        long first = delivery.firstPending(partition, position);
        boolean behind = delivery.end(partition) < position;
        if (first == position && !behind) {
            return Uni.createFrom().voidItem();
        }
        if (behind || positions.shouldGoBack(partition)) {
            delivery.retain(other -> !other.equals(partition));
            return consumer().seek(partition, position);
        }
        state.missed(first - position);
        LOGGER.atError()
                .addKeyValue("partition", partition)
                .addKeyValue("position", position)
                .addKeyValue("offset", first)
                .log(
                        "audit records are missing in Kafka: the topic's retention has removed them before they were stored");
        return Uni.createFrom().voidItem();
    }

    /** Measures the lag of this consumer's partitions, and whether the topic still is the one that was stored. */
    Uni<Void> measure() {
        var before = positions.all();
        if (before.isEmpty()) {
            state.lag(0);
            return Uni.createFrom().voidItem();
        }
        return consumer().runOnPollingThread(kafka -> {
            Map<TopicPartition, Long> ends = kafka.endOffsets(before.keySet());
            positions.checkEnds(before, ends);
            state.lag(before.entrySet().stream()
                    .mapToLong(entry ->
                            Math.max(0, ends.getOrDefault(entry.getKey(), entry.getValue()) - entry.getValue()))
                    .sum());
        });
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return clients.getConsumer(IngestRebalanceListener.NAME);
    }
}
