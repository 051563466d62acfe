package io.deepsuite.audit.replay;

import io.deepsuite.audit.deadletter.DeadLetterClient;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** Sends dead letters to the audit topic again: key, value and headers as they came at first, and what says that it is a replay. Waits: for virtual threads. */
@ApplicationScoped
public class ReplayClient {

    /** Header: id of the replay, a UUID. */
    static final String REPLAY_HEADER = "dead-letter-replay";

    /** Header: place of the dead letter among its kind, {@code partition-offset}. */
    static final String OF_HEADER = "dead-letter-replay-of";

    private static final List<String> REMOVED = List.of(
            DeadLetterClient.REASON_HEADER,
            DeadLetterClient.DETAIL_HEADER,
            DeadLetterClient.TOPIC_HEADER,
            DeadLetterClient.PARTITION_HEADER,
            DeadLetterClient.OFFSET_HEADER);

    private final MutinyEmitter<Record<byte[], byte[]>> emitter;
    private final ReplayConfig config;

    ReplayClient(
            @Channel("replays") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    MutinyEmitter<Record<byte[], byte[]>> emitter,
            ReplayConfig config) {
        this.emitter = emitter;
        this.config = config;
    }

    /**
     * Sends a letter, and returns when the broker has acknowledged it.
     *
     * @throws DeepsuiteException {@link ErrorReason#TOPIC_UNAVAILABLE} if it does not in time
     */
    SentLetter send(UUID replay, KeptLetter letter) {
        var metadata = OutgoingKafkaRecordMetadata.<byte[]>builder().withHeaders(headers(replay, letter));
        // the partition it was in, as its key would say; a record that was in another topic goes where its key says
        if (letter.topic().equals(config.auditTopic())) {
            letter.partition().ifPresent(metadata::withPartition);
        }
        var place = new OutgoingMessageMetadata<RecordMetadata>();
        var record = letter.record();
        var message = Message.of(Record.of(record.key(), record.value()))
                .addMetadata(metadata.build())
                .addMetadata(place);
        try {
            emitter.sendMessage(message).await().atMost(config.timeout());
        } catch (RuntimeException failure) {
            throw new DeepsuiteException(
                    ErrorReason.TOPIC_UNAVAILABLE, "the audit topic does not answer", Map.of(), failure);
        }
        var sent = place.getResult();
        return new SentLetter(letter.place(), replay, sent.topic(), sent.partition(), sent.offset());
    }

    static Headers headers(UUID replay, KeptLetter letter) {
        var headers = new RecordHeaders(letter.record().headers().toArray());
        REMOVED.forEach(headers::remove);
        headers.remove(REPLAY_HEADER).add(REPLAY_HEADER, bytes(replay.toString()));
        headers.remove(OF_HEADER).add(OF_HEADER, bytes(letter.place().toString()));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
