package io.deepsuite.engine.gguf;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the head of a GGUF file (magic, metadata, tensor names), never the weights. Every length is bounded, so a damaged file ends in a message, not in an
 * exhausted heap. Source: the GGUF specification of the ggml project, versions 2 and 3.
 */
public final class GgufReader {

    private static final int MAGIC = 0x46554747; // "GGUF", little endian
    private static final int MAX_STRING_BYTES = 1 << 24;
    private static final int MAX_ENTRIES = 1 << 20;
    private static final int MAX_DIMENSIONS = 8;

    private final DataInputStream in;

    private GgufReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Reads the head.
     *
     * @throws GgufException if the file is absent, no GGUF file, damaged, or of a layout this reader does not know
     */
    public static GgufHead read(Path file) {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new GgufReader(in).head();
        } catch (NoSuchFileException _) {
            throw new GgufException("model file: %s (expected: an existing GGUF file)".formatted(file));
        } catch (EOFException _) {
            throw new GgufException("model file %s ends inside its head; it is damaged".formatted(file));
        } catch (IOException e) {
            throw new GgufException("model file %s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private GgufHead head() throws IOException {
        int magic = int32();
        if (magic != MAGIC) {
            throw new GgufException("model file starts with 0x%08x (expected: a GGUF file)".formatted(magic));
        }
        int version = int32();
        if (version < 2 || version > 3) {
            throw new GgufException(
                    "GGUF version: %d (expected: 2 or 3); serve this file with a remote engine".formatted(version));
        }
        int tensors = bounded(int64(), "tensors");
        int entries = bounded(int64(), "metadata entries");
        Map<String, Object> metadata = HashMap.newHashMap(entries);
        for (int i = 0; i < entries; i++) {
            String key = string();
            metadata.put(key, value(ValueType.of(int32())));
        }
        return new Metadata(metadata).head(version, tensors(tensors));
    }

    private List<GgufHead.Tensor> tensors(int count) throws IOException {
        List<GgufHead.Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = string();
            int dimensions = int32();
            if (dimensions < 0 || dimensions > MAX_DIMENSIONS) {
                throw new GgufException("dimensions of a tensor: %d (expected: 0 to %d); the model file is damaged"
                        .formatted(dimensions, MAX_DIMENSIONS));
            }
            in.skipNBytes(8L * dimensions);
            int type = int32();
            in.skipNBytes(8);
            tensors.add(new GgufHead.Tensor(name, type));
        }
        return tensors;
    }

    private Object value(ValueType type) throws IOException {
        return switch (type) {
            case UINT8, INT8 -> (long) in.readByte();
            case BOOL -> in.readByte() != 0;
            case UINT16, INT16 -> (long) Short.reverseBytes(in.readShort());
            case UINT32 -> Integer.toUnsignedLong(int32());
            case INT32 -> (long) int32();
            case FLOAT32 -> (double) Float.intBitsToFloat(int32());
            case UINT64, INT64 -> int64();
            case FLOAT64 -> Double.longBitsToDouble(int64());
            case STRING -> string();
            case ARRAY -> array();
        };
    }

    private List<Object> array() throws IOException {
        ValueType element = ValueType.of(int32());
        int length = bounded(int64(), "array elements");
        if (element == ValueType.ARRAY) {
            throw new GgufException("metadata has nested arrays; the model file is damaged");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            values.add(value(element));
        }
        return values;
    }

    private String string() throws IOException {
        long length = int64();
        if (length < 0 || length > MAX_STRING_BYTES) {
            throw new GgufException("length of a text: %d bytes (expected: 0 to %d); the model file is damaged"
                    .formatted(length, MAX_STRING_BYTES));
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int bounded(long count, String what) {
        if (count < 0 || count > MAX_ENTRIES) {
            throw new GgufException(
                    "%s: %d (expected: 0 to %d); the model file is damaged".formatted(what, count, MAX_ENTRIES));
        }
        return (int) count;
    }

    private int int32() throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private long int64() throws IOException {
        return Long.reverseBytes(in.readLong());
    }

    /** Encodings of a metadata value, in the order of their numbers. */
    private enum ValueType {
        UINT8,
        INT8,
        UINT16,
        INT16,
        UINT32,
        INT32,
        FLOAT32,
        BOOL,
        STRING,
        ARRAY,
        UINT64,
        INT64,
        FLOAT64;

        private static final ValueType[] BY_NUMBER = values();

        static ValueType of(int number) {
            if (number < 0 || number >= BY_NUMBER.length) {
                throw new GgufException("type of a metadata value: %d (expected: 0 to %d); the model file is damaged"
                        .formatted(number, BY_NUMBER.length - 1));
            }
            return BY_NUMBER[number];
        }
    }
}
