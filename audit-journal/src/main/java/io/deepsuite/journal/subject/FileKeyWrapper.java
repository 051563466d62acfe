package io.deepsuite.journal.subject;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Wraps with the keys of a file, one in a line: the first wraps, all of them unwrap. To replace the key, put the new one first and leave the old one behind it
 * as long as a key that it wraps is stored. Blank lines and lines that begin with {@code #} count for nothing.
 */
public final class FileKeyWrapper implements KeyWrapper {

    private static final String LABEL = "deepsuite subject key v1";

    private final Map<String, SecretKey> byId;
    private final String current;
    private final SecureRandom random = new SecureRandom();

    /** @throws IllegalStateException if the file cannot be read, holds no key, the same key twice or a malformed line; no message repeats a line */
    public FileKeyWrapper(Path file) {
        byId = read(file);
        current = byId.keySet().iterator().next();
    }

    @Override
    public WrappedKey wrap(DataKey key, Subject subject) {
        var wrapping = byId.get(current);
        if (wrapping == null) {
            throw new IllegalStateException("no current key-encryption key");
        }
        byte[] secret = key.secret().getEncoded();
        try {
            byte[] wrapped = SealedBytes.seal(wrapping, context(key.id(), subject), secret, random);
            return new WrappedKey(key.id(), current, ByteString.copyFrom(wrapped));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public DataKey unwrap(WrappedKey wrapped, Subject subject) throws SealBrokenException {
        var wrapping = byId.get(wrapped.wrappingKeyId());
        if (wrapping == null) {
            throw new SealBrokenException("wrapping_key_id: %s (expected: one of %s)"
                    .formatted(wrapped.wrappingKeyId(), String.join(", ", byId.keySet())));
        }
        byte[] secret = SealedBytes.open(
                wrapping, context(wrapped.keyId(), subject), wrapped.bytes().toByteArray());
        try {
            return new DataKey(wrapped.keyId(), new SecretKeySpec(secret, "AES"));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] context(UUID keyId, Subject subject) {
        return new Context(LABEL)
                .with(keyId)
                .with(subject.tenant())
                .with(subject.hmacBytes())
                .toByteArray();
    }

    private static Map<String, SecretKey> read(Path file) {
        var keys = new LinkedHashMap<String, SecretKey>();
        int number = 0;
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    var key = HexKey.parse(line.strip());
                    if (keys.put(HexKey.idOf(key), key) != null) {
                        throw new IllegalArgumentException("key: the same as in a line before (expected: another)");
                    }
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the key file %s".formatted(file), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("key file %s, line %d: %s".formatted(file, number, e.getMessage()), e);
        }
        if (keys.isEmpty()) {
            throw new IllegalStateException("key file %s: no key (expected: at least 1)".formatted(file));
        }
        return keys;
    }
}
