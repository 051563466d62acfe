package io.deepsuite.audit.subject;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts newly assigned partitions behind the last key that is stored: a database that was restored gets its keys again. Runs on the polling thread. */
@ApplicationScoped
@Identifier(SubjectKeyRebalanceListener.NAME)
public class SubjectKeyRebalanceListener implements KafkaConsumerRebalanceListener {

    static final String NAME = "subject-keys";

    private static final Logger LOGGER = LoggerFactory.getLogger(SubjectKeyRebalanceListener.class);

    private final SubjectKeyStore store;
    private final SubjectKeyConfig config;

    SubjectKeyRebalanceListener(SubjectKeyStore store, SubjectKeyConfig config) {
        this.store = store;
        this.config = config;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        try {
            Map<TopicPartition, Long> positions =
                    store.positions(partitions).await().atMost(config.timeout());
            positions.forEach(consumer::seek);
        } catch (RuntimeException unavailable) { // an edge: keys may be stored twice, but never be left out
            LOGGER.atWarn()
                    .addKeyValue("partitions", partitions)
                    .setCause(unavailable)
                    .log("stored keys of persons not readable, their topic is read from its beginning");
        }
    }
}
