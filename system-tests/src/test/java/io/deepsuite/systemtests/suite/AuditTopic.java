package io.deepsuite.systemtests.suite;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.kafka.KafkaSetup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's topics of the suite. */
public final class AuditTopic {

    private final Stack stack;
    private final int port;

    AuditTopic(Stack stack, int port) {
        this.stack = stack;
        this.port = port;
    }

    /** Every record of a topic, from its start to its present end. */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return records(topic, stack.identity("demo-app"));
    }

    /** What compaction leaves of the keys of persons: the newest value of each, none where it was taken out. */
    public Map<String, Optional<byte[]>> subjectKeys() {
        var newest = new LinkedHashMap<String, Optional<byte[]>>();
        records(KafkaSetup.SUBJECT_KEY_TOPIC, stack.identity("audit-service"))
                .forEach(record -> newest.put(
                        new String(record.key(), StandardCharsets.UTF_8), Optional.ofNullable(record.value())));
        return newest;
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, Identity identity) {
        var properties = client(identity);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    /** Every audit event of the topic, those of one source in their order; what cannot be read is left out, as other tests send such records. */
    public List<AuditEvent> events() {
        var events = new ArrayList<AuditEvent>();
        for (var record : records(KafkaSetup.AUDIT_TOPIC)) {
            if (record.value() == null) {
                continue;
            }
            try {
                events.add(AuditEvent.parseFrom(record.value()));
            } catch (InvalidProtocolBufferException _) {
                // put aside by the store
            }
        }
        return events;
    }

    /** Where each partition of the audit events ends: the offset of the next record. */
    public Map<Integer, Long> ends() {
        try (var consumer = new KafkaConsumer<>(
                client(stack.identity("demo-app")), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(KafkaSetup.AUDIT_TOPIC).stream()
                    .map(partition -> new TopicPartition(KafkaSetup.AUDIT_TOPIC, partition.partition()))
                    .toList();
            var ends = new HashMap<Integer, Long>();
            consumer.endOffsets(partitions).forEach((partition, end) -> ends.put(partition.partition(), end));
            return ends;
        }
    }

    /**
     * Who has which partitions in a consumer group: the names of its static members, each with the partitions of the one topic that the group reads.
     *
     * @param group name of the group
     */
    public Map<String, Set<Integer>> members(String group) {
        try (var admin = Admin.create(client(stack.identity("platform")))) {
            var members = new HashMap<String, Set<Integer>>();
            admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get()
                    .members()
                    .forEach(member -> members.put(
                            member.groupInstanceId().orElse(member.consumerId()),
                            member.assignment().topicPartitions().stream()
                                    .map(TopicPartition::partition)
                                    .collect(Collectors.toSet())));
            return members;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All that a topic's records hold, as text: keys, values and headers. */
    public List<String> everything(String topic) {
        var texts = new ArrayList<String>();
        for (var record : records(topic)) {
            texts.add(Bytes.asText(record.key()));
            texts.add(Bytes.asText(record.value()));
            record.headers().forEach(header -> texts.add(header.key() + "=" + Bytes.asText(header.value())));
        }
        return texts;
    }

    /** Sends records, in order and to the same partition, as the model service might. Returns when the broker has them. */
    public void sendAsModelService(String key, Collection<byte[]> values) {
        try (var producer = new KafkaProducer<>(
                client(stack.identity("model-service")), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (var value : values) {
                producer.send(new ProducerRecord<>(KafkaSetup.AUDIT_TOPIC, key.getBytes(StandardCharsets.UTF_8), value))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends a key of a person, as the model service might. Returns when the broker has it. */
    public void sendSubjectKey(String key, byte[] value) {
        try (var producer = new KafkaProducer<>(
                client(stack.identity("model-service")), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(KafkaSetup.SUBJECT_KEY_TOPIC, key, value))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Properties client(Identity identity) {
        return KafkaSetup.clientProperties(identity, port);
    }
}
