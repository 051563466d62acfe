package io.deepsuite.journal.subject;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Bytes that are authenticated with a ciphertext. Each part carries its length, so that no two lists of parts have the same bytes. */
final class Context {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param label purpose and version */
    Context(String label) {
        with(label);
    }

    Context with(String text) {
        return with(text.getBytes(StandardCharsets.UTF_8));
    }

    Context with(UUID id) {
        return with(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    Context with(byte[] part) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
