package io.deepsuite.audit.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.EventFault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;

class DeadLetterClientTest {

    @Test
    void saysWhyAndFromWhereBesideTheOriginalHeaders() {
        var record = new ConsumerRecord<>("deepsuite.audit.v1", 2, 717L, new byte[] {1}, new byte[] {2});
        record.headers().add("ce_id", bytes("abc"));
        record.headers().add("__smallrye_generationId", bytes("4"));

        var headers = DeadLetterClient.headers(new DeadLetter(EventFault.ID_INVALID, "id: 4 characters", record));

        assertThat(texts(headers))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "ce_id", "abc",
                        "dead-letter-reason", "ID_INVALID",
                        "dead-letter-detail", "id: 4 characters",
                        "dead-letter-topic", "deepsuite.audit.v1",
                        "dead-letter-partition", "2",
                        "dead-letter-offset", "717"));
    }

    @Test
    void replacesTheHeadersOfARecordThatWasADeadLetterBefore() {
        var record = new ConsumerRecord<>("deepsuite.audit.v1", 0, 5L, new byte[] {1}, new byte[] {2});
        record.headers().add("dead-letter-reason", bytes("UNPARSABLE"));

        var headers = DeadLetterClient.headers(new DeadLetter(EventFault.TIME_INVALID, "time: none", record));

        assertThat(headers.headers("dead-letter-reason")).hasSize(1);
        assertThat(texts(headers)).containsEntry("dead-letter-reason", "TIME_INVALID");
    }

    private static Map<String, String> texts(Headers headers) {
        return Arrays.stream(headers.toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
