package io.deepsuite.model.hashing;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** Makes the hasher from the key file; a missing or malformed file stops the start. */
@Singleton
class InputHasherProducer {

    @Produces
    @Singleton
    InputHasher inputHasher(HashingConfig config) {
        return new InputHasher(key(config.keyFile()));
    }

    private static byte[] key(Path file) {
        try {
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("deepsuite.hmac.key-file: %s cannot be read".formatted(file), unreadable);
        } catch (IllegalArgumentException _) { // its message would show a part of the key
            throw new IllegalStateException(
                    "deepsuite.hmac.key-file: %s is not hexadecimal (expected: 64 hexadecimal characters)"
                            .formatted(file));
        }
    }
}
