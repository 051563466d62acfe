package io.deepsuite.model.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code text/event-stream} (WHATWG HTML, section 9.2) from bytes that come in pieces of any size; keeps the data, ignores the other fields. One stream,
 * one thread at a time.
 */
final class ServerSentEvents {

    private final int maxEventBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder data = new StringBuilder();
    private boolean hasData;
    private boolean afterReturn;

    /** @param maxEventBytes longest event taken */
    ServerSentEvents(int maxEventBytes) {
        this.maxEventBytes = maxEventBytes;
    }

    /**
     * Takes the next bytes.
     *
     * @return data of the events that they complete.
     * @throws EngineFailure if an event is longer than allowed
     */
    List<String> add(byte[] bytes) {
        var events = new ArrayList<String>();
        for (var value : bytes) {
            if (value == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = value == '\r';
            if (value == '\n' || value == '\r') {
                endLine(events);
            } else {
                line.write(value);
                if (line.size() + data.length() > maxEventBytes) {
                    throw new EngineFailure(
                            EngineFailure.Kind.BROKEN, "event: more than %d bytes".formatted(maxEventBytes));
                }
            }
        }
        return events;
    }

    private void endLine(List<String> events) {
        var text = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (text.isEmpty()) {
            if (hasData) {
                events.add(data.toString());
            }
            data.setLength(0);
            hasData = false;
        } else if (text.startsWith("data:")) {
            if (hasData) {
                data.append('\n');
            }
            data.append(text, text.startsWith("data: ") ? 6 : 5, text.length());
            hasData = true;
        }
    }
}
