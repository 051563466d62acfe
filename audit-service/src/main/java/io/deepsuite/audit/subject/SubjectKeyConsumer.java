package io.deepsuite.audit.subject;

import io.deepsuite.audit.erasure.TombstoneClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the keys that services send. Storing a key twice changes nothing, so reading may always begin a little earlier; a record that is no key is counted
 * and left where it is.
 */
@ApplicationScoped
public class SubjectKeyConsumer {

    private static final Logger LOGGER = LoggerFactory.getLogger(SubjectKeyConsumer.class);

    private final SubjectKeyStore store;
    private final TombstoneClient topic;
    private final SubjectKeyConfig config;
    private final Counter stored;
    private final Counter refused;

    SubjectKeyConsumer(SubjectKeyStore store, TombstoneClient topic, SubjectKeyConfig config, MeterRegistry metrics) {
        this.store = store;
        this.topic = topic;
        this.config = config;
        stored = Counter.builder("deepsuite.audit.subject.keys")
                .description("Keys of persons stored")
                .register(metrics);
        refused = Counter.builder("deepsuite.audit.subject.keys.refused")
                .description("Records of the key topic that are no key")
                .register(metrics);
    }

    /** Stores one poll's keys. Never fails; takes as long as the database is away. */
    @Incoming("subject-keys")
    public Uni<Void> consume(ConsumerRecords<byte[], byte[]> records) {
        var keys = read(records);
        if (keys.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .deferred(() -> keep(keys).ifNoItem().after(config.timeout()).fail())
                .onFailure()
                .invoke(failure ->
                        LOGGER.atWarn().setCause(failure).log("keys of persons not stored, will be tried again"))
                .onFailure()
                .retry()
                .withBackOff(config.minBackoff(), config.maxBackoff())
                .indefinitely()
                .invoke(added -> stored.increment(added))
                .replaceWithVoid();
    }

    /** Stores keys, and takes those out of the topic again that belong to an erased person: a journal may send a key once more that it has sent before. */
    private Uni<Integer> keep(List<ArrivedKey> keys) {
        var ids = keys.stream().map(key -> key.wrapped().keyId()).toList();
        return store.insert(keys)
                .chain(added -> store.find(ids)
                        .chain(found -> topic.tell(ids.stream()
                                .filter(id -> found.get(id) instanceof StoredKey.Erased)
                                .toList()))
                        .replaceWith(added));
    }

    private List<ArrivedKey> read(ConsumerRecords<byte[], byte[]> records) {
        List<ArrivedKey> keys = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            switch (SubjectKeyProtoMapper.read(record)) {
                case ReadKey.Valid(var key) -> keys.add(key);
                case ReadKey.Tombstone _ -> {}
                case ReadKey.Invalid(var detail) -> {
                    refused.increment();
                    LOGGER.atError()
                            .addKeyValue("partition", record.partition())
                            .addKeyValue("offset", record.offset())
                            .addKeyValue("detail", detail)
                            .log("record of the key topic is no key of a person, its events stay closed");
                }
            }
        }
        return keys;
    }
}
