package io.deepsuite.audit.replay;

import io.deepsuite.journal.shipping.CertificateConfig;
import io.deepsuite.journal.shipping.KafkaConfig;
import io.deepsuite.journal.shipping.KafkaConnection;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads dead letters where they lie, from any place on. A consumer for each call, without a group: somebody asks once in a while, and nobody else's position
 * may move. Blocks: for virtual threads.
 */
@ApplicationScoped
public class LetterClient {

    private static final Duration POLL = Duration.ofMillis(200);

    private final ReplayConfig config;
    private final KafkaConfig kafka;
    private final CertificateConfig certificates;

    LetterClient(ReplayConfig config, KafkaConfig kafka, CertificateConfig certificates) {
        this.config = config;
        this.kafka = kafka;
        this.certificates = certificates;
    }

    /** Reads on from the request's first place. @throws DeepsuiteException {@link ErrorReason#TOPIC_UNAVAILABLE} if Kafka does not answer in time */
    LetterScan scan(LetterRequest request) {
        try (var consumer = new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return new Reading(consumer, request, config).run();
        } catch (IOException | KafkaException failure) {
            throw unavailable(failure);
        }
    }

    private Map<String, Object> settings() throws IOException {
        Map<String, Object> settings = new HashMap<>(KafkaConnection.settings(kafka, certificates));
        int timeout = Math.toIntExact(config.timeout().toMillis());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "audit-service-replay");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
        return settings;
    }

    private static DeepsuiteException unavailable(Exception cause) {
        return new DeepsuiteException(
                ErrorReason.TOPIC_UNAVAILABLE, "the topic of the dead letters does not answer", Map.of(), cause);
    }

    /** One pass over the partitions; ends at the request's bounds, at the scan limit, or at what the topic's end was at its beginning. */
    static final class Reading {

        private final Consumer<byte[], byte[]> consumer;
        private final LetterRequest request;
        private final ReplayConfig config;
        private final List<KeptLetter> letters = new ArrayList<>();
        private int scanned;

        Reading(Consumer<byte[], byte[]> consumer, LetterRequest request, ReplayConfig config) {
            this.consumer = consumer;
            this.request = request;
            this.config = config;
        }

        LetterScan run() {
            var partitions = consumer.partitionsFor(config.letterTopic()).stream()
                    .map(PartitionInfo::partition)
                    .filter(number -> number >= request.from().partition()
                            && number <= request.to().partition())
                    .sorted()
                    .toList();
            for (int partition : partitions) {
                var stopped = partition(new TopicPartition(config.letterTopic(), partition));
                if (stopped.isPresent()) {
                    return new LetterScan(letters, stopped);
                }
            }
            return new LetterScan(letters, Optional.empty());
        }

        /** Where this stopped short of the partition's end; empty if it did not. */
        private Optional<LetterPlace> partition(TopicPartition partition) {
            consumer.assign(List.of(partition));
            long offset = Math.max(begin(partition), only(consumer.beginningOffsets(List.of(partition))));
            long end = Math.min(end(partition), only(consumer.endOffsets(List.of(partition))));
            consumer.seek(partition, offset);
            long started = System.nanoTime();
            while (offset < end) {
                for (var record : consumer.poll(POLL).records(partition)) {
                    if (record.offset() >= end) {
                        return Optional.empty();
                    }
                    if (letters.size() == request.limit() || scanned == config.scanLimit()) {
                        return Optional.of(new LetterPlace(partition.partition(), record.offset()));
                    }
                    scanned++;
                    Optional.of(KeptLetter.of(record)).filter(request::wants).ifPresent(letters::add);
                    started = System.nanoTime();
                }
                offset = consumer.position(partition);
                if (System.nanoTime() - started > config.timeout().toNanos()) {
                    throw new org.apache.kafka.common.errors.TimeoutException("nothing came from " + partition);
                }
            }
            return Optional.empty();
        }

        private static long only(Map<TopicPartition, Long> ofOnePartition) {
            return ofOnePartition.values().iterator().next();
        }

        private long begin(TopicPartition partition) {
            return partition.partition() == request.from().partition()
                    ? request.from().offset()
                    : 0;
        }

        private long end(TopicPartition partition) {
            return partition.partition() == request.to().partition()
                    ? request.to().offset() + 1
                    : Long.MAX_VALUE;
        }
    }
}
