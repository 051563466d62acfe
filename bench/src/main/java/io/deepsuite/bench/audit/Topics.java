package io.deepsuite.bench.audit;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.SubjectKey;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka, as the platform's administrator. */
final class Topics {

    private final Properties client;

    Topics(Stack stack, Ports ports) {
        client = KafkaSetup.clientProperties(stack.identity("platform"), ports.of(Port.KAFKA));
    }

    /** Settings of a client. */
    Properties client() {
        var copy = new Properties();
        copy.putAll(client);
        return copy;
    }

    void create(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(client)) {
            admin.createTopics(
                            List.of(new NewTopic(topic, Optional.of(SampleEvents.PARTITIONS), Optional.of((short) 1))))
                    .all()
                    .get();
        }
    }

    void delete(String topic) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(client)) {
            admin.deleteTopics(List.of(topic)).all().get();
        }
    }

    /**
     * Writes all events of a round; returns when the broker has them.
     *
     * @throws IllegalStateException if it refused one
     */
    void fill(String topic, SampleEvents events, Encoding encoding) {
        send(sender -> {
            for (int partition = 0; partition < SampleEvents.PARTITIONS; partition++) {
                int number = partition;
                events.of(
                        partition,
                        event -> sender.accept(new ProducerRecord<>(topic, number, null, encoding.encode(event))));
            }
        });
    }

    /**
     * Writes keys of persons to their topic, each with its id as the record's key, as the shipper of a journal does; returns when the broker has them.
     *
     * @throws IllegalStateException if it refused one
     */
    void publish(List<SubjectKey> keys) {
        send(sender -> {
            for (var key : keys) {
                var id = key.getKeyId().getBytes(StandardCharsets.UTF_8);
                sender.accept(new ProducerRecord<>(KafkaSetup.SUBJECT_KEY_TOPIC, null, id, key.toByteArray()));
            }
        });
    }

    private void send(Consumer<Consumer<ProducerRecord<byte[], byte[]>>> work) {
        var properties = client();
        properties.put("linger.ms", "20");
        properties.put("batch.size", "262144");
        properties.put("acks", "all");
        var failure = new AtomicReference<@Nullable Exception>();
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            work.accept(record -> {
                Future<?> _ = producer.send(record, (_, refused) -> failure.compareAndSet(null, refused));
            });
            producer.flush();
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the broker refused a record", failure.get());
        }
    }

    /** How an event becomes a record's value. */
    interface Encoding {
        byte[] encode(AuditEvent event);
    }
}
