package io.deepsuite.audit.ingest;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts newly assigned partitions where the database says. Runs on the polling thread. */
@ApplicationScoped
@Identifier(IngestRebalanceListener.NAME)
public class IngestRebalanceListener implements KafkaConsumerRebalanceListener {

    static final String NAME = "audit-events";

    private static final Logger LOGGER = LoggerFactory.getLogger(IngestRebalanceListener.class);

    private final IngestPositions positions;
    private final IngestLogs logs;
    private final IngestSources sources;
    private final IngestStore store;
    private final IngestConfig config;

    IngestRebalanceListener(
            IngestPositions positions, IngestLogs logs, IngestSources sources, IngestStore store, IngestConfig config) {
        this.positions = positions;
        this.logs = logs;
        this.sources = sources;
        this.store = store;
        this.config = config;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.assign(partitions);
        logs.forget(partitions);
        sources.forget();
        Map<TopicPartition, Long> stored;
        try {
            stored = store.positions(partitions).await().atMost(config.assignTimeout());
            positions.checkEnds(stored, consumer.endOffsets(stored.keySet(), config.assignTimeout()));
        } catch (
                RuntimeException
                        unavailable) { // an edge: the batches themselves ask again, and wait as long as it takes
            LOGGER.atWarn()
                    .addKeyValue("partitions", partitions)
                    .setCause(unavailable)
                    .log("stored positions not readable, starting at the beginning of the topic until they are");
            return;
        }
        stored.forEach((partition, position) -> {
            consumer.seek(partition, position);
            positions.set(partition, position);
        });
        LOGGER.atInfo()
                .addKeyValue("partitions", partitions)
                .addKeyValue("positions", stored)
                .log("partitions assigned");
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        positions.revoke(partitions);
        LOGGER.atInfo().addKeyValue("partitions", partitions).log("partitions revoked");
    }
}
