package io.deepsuite.model.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSentEventsTest {

    private final ServerSentEvents events = new ServerSentEvents(1_000);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1_000})
    void readsTheSameWhereverTheBytesAreCut(int size) {
        // Given
        var bytes =
                ": comment\ndata: 你好\n\nevent: x\r\nid: 7\r\ndata:no space\r\n\r\ndata: two\ndata: lines\n\ndata\n\n\n"
                        .getBytes(StandardCharsets.UTF_8);
        var seen = new ArrayList<String>();

        // When
        for (var start = 0; start < bytes.length; start += size) {
            var end = Math.min(bytes.length, start + size);
            seen.addAll(events.add(Arrays.copyOfRange(bytes, start, end)));
        }

        // Then
        assertThat(seen).containsExactly("你好", "no space", "two\nlines");
    }

    @Test
    void refusesAnEventWithoutEnd() {
        assertThatThrownBy(() -> events.add(new byte[1_001])).isInstanceOf(EngineFailure.class);
    }
}
