package io.deepsuite.journal.subject;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.crypto.SecretKey;

/** Makes what knows persons and wraps their keys from the files of the configuration; a missing or malformed file stops the start. */
@Singleton
class SubjectSecretsProducer {

    @Produces
    @Singleton
    SubjectHasher subjectHasher(SubjectConfig config) {
        return new SubjectHasher(hashKey(config.hashKeyFile()));
    }

    /** Gives way to a bean of a key management service, where there is one. */
    @Produces
    @Singleton
    @DefaultBean
    KeyWrapper keyWrapper(SubjectConfig config) {
        return new FileKeyWrapper(config.wrappingKeysFile());
    }

    private static SecretKey hashKey(Path file) {
        try {
            return HexKey.parse(Files.readString(file).strip());
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "deepsuite.subject.hash-key-file: %s cannot be read".formatted(file), unreadable);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalStateException(
                    "deepsuite.subject.hash-key-file: %s: %s".formatted(file, malformed.getMessage()), malformed);
        }
    }
}
