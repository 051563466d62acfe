package io.deepsuite.audit.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.event.Events;
import io.deepsuite.audit.event.ReadEvent;
import io.deepsuite.audit.kind.EventKind;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class IngestKindsTest {

    private final List<String> asked = new ArrayList<>();
    private final Map<EventKind, Integer> table = new HashMap<>();
    private boolean away;

    private final IngestKinds kinds = new IngestKinds(this::number);

    @Test
    void givesEveryArrivalTheNumberOfItsKind() {
        assertThat(numbers("a", "b", "a")).satisfies(found -> {
            assertThat(found).hasSize(3);
            assertThat(found.get(0)).isEqualTo(found.get(2)).isNotEqualTo(found.get(1));
        });
    }

    @Test
    void asksForEachKindOnce() {
        var first = numbers("a", "a");
        var second = numbers("a", "b");

        assertThat(asked).containsExactly("a", "b");
        assertThat(second.getFirst()).isEqualTo(first.getFirst());
    }

    @Test
    void asksAgainForWhatWasNotAnswered() {
        away = true;
        assertThatThrownBy(() -> numbers("a")).hasMessage("away");

        away = false;
        assertThat(numbers("a")).hasSize(1);
        assertThat(asked).containsExactly("a", "a");
    }

    private List<Integer> numbers(String... actions) {
        var arrivals = new ArrayList<Arrival>();
        for (var action : actions) {
            var bytes =
                    Events.event(arrivals.size() + 1L).setAction(action).build().toByteArray();
            var read = (ReadEvent.Valid) AuditEventProtoMapper.read(bytes);
            arrivals.add(new Arrival(
                    new ConsumerRecord<>("deepsuite.audit.v1", 0, arrivals.size(), new byte[0], bytes), read.event()));
        }
        return kinds.of(arrivals).await().indefinitely();
    }

    private Uni<Map<EventKind, Integer>> number(Collection<EventKind> wanted) {
        wanted.forEach(kind -> asked.add(kind.action()));
        if (away) {
            return Uni.createFrom().failure(new IllegalStateException("away"));
        }
        Map<EventKind, Integer> numbers = new HashMap<>();
        wanted.forEach(kind -> numbers.put(kind, table.computeIfAbsent(kind, _ -> table.size() + 1)));
        return Uni.createFrom().item(numbers);
    }
}
