package io.deepsuite.journal.file;

import com.google.protobuf.InvalidProtocolBufferException;
import io.deepsuite.audit.v1.AuditEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Intents without an outcome whose segments are gone, as {@code magic:8 version:4 crc32c:4} and then each as a length-delimited {@code AuditEvent}. Replaced
 * as a whole, before a segment is freed. There is no file while there is nothing to keep, which is nearly always: few changes outlive a segment.
 */
final class IntentFile {

    private static final long MAGIC = 0x4453_494E_5445_4E0AL; // "DSINTEN\n"
    private static final int VERSION = 1;
    private static final int HEADER = 16;
    private static final int CHECKSUM_AT = 12;

    private final Storage storage;
    private final Path file;
    private List<AuditEvent> intents;

    private IntentFile(Storage storage, Path file, List<AuditEvent> intents) {
        this.storage = storage;
        this.file = file;
        this.intents = intents;
    }

    /** @throws JournalCorruptException if there is a file that is not what was written */
    static IntentFile open(Storage storage, Path file) throws IOException {
        if (!storage.exists(file)) {
            return new IntentFile(storage, file, List.of());
        }
        ByteBuffer content;
        try (var handle = storage.open(file)) {
            content = ByteBuffer.allocate(Math.toIntExact(handle.size()));
            handle.read(content, 0);
        }
        content.flip();
        if (content.limit() < HEADER
                || content.getLong(0) != MAGIC
                || content.getInt(Long.BYTES) != VERSION
                || content.getInt(CHECKSUM_AT) != checksum(content)) {
            throw new JournalCorruptException(file, 0, "not intents with their checksum");
        }
        return new IntentFile(storage, file, decode(content.slice(HEADER, content.limit() - HEADER)));
    }

    /** What the file holds. */
    List<AuditEvent> intents() {
        return intents;
    }

    /** Replaces what the file holds; returns once that is durable, at once when it is so already. */
    void write(List<AuditEvent> next) throws IOException {
        if (intents.equals(next)) {
            return;
        }
        if (next.isEmpty()) { // takes no room, so that a full disk cannot keep the journal from freeing what fills it
            storage.delete(file);
            storage.forceDirectory(Layout.parent(file));
        } else {
            storage.replace(file, encode(next));
        }
        intents = List.copyOf(next);
    }

    private static ByteBuffer encode(List<AuditEvent> intents) throws IOException {
        var body = new ByteArrayOutputStream();
        for (AuditEvent intent : intents) {
            intent.writeDelimitedTo(body);
        }
        ByteBuffer content = ByteBuffer.allocate(HEADER + body.size());
        content.putLong(MAGIC).putInt(VERSION).putInt(0).put(body.toByteArray()).flip();
        return content.putInt(CHECKSUM_AT, checksum(content));
    }

    private static List<AuditEvent> decode(ByteBuffer body) throws InvalidProtocolBufferException {
        byte[] bytes = new byte[body.remaining()];
        body.get(bytes);
        var in = new ByteArrayInputStream(bytes);
        List<AuditEvent> intents = new ArrayList<>();
        while (in.available() > 0) {
            intents.add(AuditEvent.parser().parseDelimitedFrom(in));
        }
        return List.copyOf(intents);
    }

    private static int checksum(ByteBuffer content) {
        var crc = new CRC32C();
        crc.update(content.slice(0, CHECKSUM_AT));
        crc.update(content.slice(HEADER, content.limit() - HEADER));
        return (int) crc.getValue();
    }
}
