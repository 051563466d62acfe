package io.deepsuite.dataprep.vault;

import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.Placeholder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is inside a vault: for each placeholder a letter for its kind, its number (2 bytes) and the value (length and modified UTF-8). */
final class VaultContents {

    private VaultContents() {}

    static byte[] encode(Map<Placeholder, String> values) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var entry : values.entrySet()) {
                out.writeByte(letter(entry.getKey().type()));
                out.writeShort(entry.getKey().number());
                out.writeUTF(entry.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to be written", e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException if the bytes are not of this form */
    static Map<Placeholder, String> decode(byte[] bytes) {
        var values = new LinkedHashMap<Placeholder, String>();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            while (in.available() > 0) {
                var placeholder = new Placeholder(type((char) in.readUnsignedByte()), in.readUnsignedShort());
                values.put(placeholder, in.readUTF());
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("contents end early", e);
        }
        return values;
    }

    private static char letter(EntityType type) {
        return switch (type) {
            case CHINESE_RESIDENT_ID -> 'R';
            case BANK_CARD -> 'C';
            case CHINESE_MOBILE_NUMBER -> 'T';
            case EMAIL -> 'E';
        };
    }

    private static EntityType type(char letter) {
        for (EntityType type : EntityType.values()) {
            if (letter(type) == letter) {
                return type;
            }
        }
        throw new IllegalArgumentException("unknown kind of placeholder");
    }
}
