package io.deepsuite.audit.deadletter;

import io.deepsuite.audit.event.EventFault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends dead letters: the original key, value and headers, and headers that say why and from where. */
@ApplicationScoped
public class DeadLetterClient {

    /** Header: name of the {@link EventFault}. */
    public static final String REASON_HEADER = "dead-letter-reason";

    /** Header: one sentence about the reason. */
    public static final String DETAIL_HEADER = "dead-letter-detail";

    /** Header: topic that the record was read from. */
    public static final String TOPIC_HEADER = "dead-letter-topic";

    /** Header: partition that the record was read from, decimal. */
    public static final String PARTITION_HEADER = "dead-letter-partition";

    /** Header: offset of the record in its partition, decimal. */
    public static final String OFFSET_HEADER = "dead-letter-offset";

    private static final Logger LOGGER = LoggerFactory.getLogger(DeadLetterClient.class);
    private static final String CONNECTOR_HEADER = "__smallrye_generationId";

    private final MutinyEmitter<Record<byte[], byte[]>> emitter;
    private final Map<EventFault, Counter> sent = new EnumMap<>(EventFault.class);

    DeadLetterClient(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<byte[], byte[]>> emitter,
            MeterRegistry metrics) {
        this.emitter = emitter;
        for (var fault : EventFault.values()) {
            sent.put(
                    fault,
                    Counter.builder("deepsuite.audit.dead.letters")
                            .description("Records put aside instead of stored")
                            .tag("reason", fault.name())
                            .register(metrics));
        }
    }

    /** Sends the letters one after the other. @return completes when the broker has acknowledged all of them; fails with the first that it did not */
    public Uni<Void> send(List<DeadLetter> letters) {
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(DeadLetter letter) {
        var record = letter.record();
        var metadata = OutgoingKafkaRecordMetadata.<byte[]>builder()
                .withHeaders(headers(letter))
                .build();
        var message = Message.of(Record.of(record.key(), record.value())).addMetadata(metadata);
        return emitter.sendMessage(message).invoke(() -> {
            Objects.requireNonNull(sent.get(letter.fault())).increment();
            LOGGER.atError()
                    .addKeyValue("reason", letter.fault())
                    .addKeyValue("detail", letter.detail())
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("audit record put aside as dead letter");
        });
    }

    static Headers headers(DeadLetter letter) {
        var record = letter.record();
        var headers = new RecordHeaders(record.headers().toArray());
        headers.remove(CONNECTOR_HEADER);
        replace(headers, REASON_HEADER, letter.fault().name());
        replace(headers, DETAIL_HEADER, letter.detail());
        replace(headers, TOPIC_HEADER, record.topic());
        replace(headers, PARTITION_HEADER, Integer.toString(record.partition()));
        replace(headers, OFFSET_HEADER, Long.toString(record.offset()));
        return headers;
    }

    private static void replace(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
