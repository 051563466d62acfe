package io.deepsuite.engine.gguf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes heads of GGUF files for tests. */
public final class GgufBytes {

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int entryCount;
    private int tensorCount;

    public GgufBytes text(String key, String value) {
        entry(key, 8);
        string(entries, value);
        return this;
    }

    public GgufBytes number(String key, int value) {
        entry(key, 4);
        int32(entries, value);
        return this;
    }

    public GgufBytes flag(String key, boolean value) {
        entry(key, 7);
        entries.write(value ? 1 : 0);
        return this;
    }

    public GgufBytes texts(String key, List<String> values) {
        entry(key, 9);
        int32(entries, 8);
        int64(entries, values.size());
        values.forEach(value -> string(entries, value));
        return this;
    }

    public GgufBytes numbers(String key, List<Integer> values) {
        entry(key, 9);
        int32(entries, 5);
        int64(entries, values.size());
        values.forEach(value -> int32(entries, value));
        return this;
    }

    public GgufBytes tensor(String name, int type) {
        tensorCount++;
        string(tensors, name);
        int32(tensors, 1);
        int64(tensors, 32);
        int32(tensors, type);
        int64(tensors, 0);
        return this;
    }

    public byte[] bytes(int version) {
        var all = new ByteArrayOutputStream();
        all.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        int32(all, version);
        int64(all, tensorCount);
        int64(all, entryCount);
        all.writeBytes(entries.toByteArray());
        all.writeBytes(tensors.toByteArray());
        return all.toByteArray();
    }

    private void entry(String key, int type) {
        entryCount++;
        string(entries, key);
        int32(entries, type);
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int64(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void int32(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static void int64(ByteArrayOutputStream out, long value) {
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array());
    }
}
