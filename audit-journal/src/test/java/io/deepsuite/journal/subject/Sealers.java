package io.deepsuite.journal.subject;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.crypto.spec.SecretKeySpec;

/** Sealers for tests. */
public final class Sealers {

    static final SubjectHasher HASHER = new SubjectHasher(new SecretKeySpec(new byte[32], "HmacSHA256"));

    private Sealers() {}

    /** One that works; its keys open nothing, as nobody has them. */
    public static PersonSealer sealer(InstantSource clock) {
        return new PersonSealer(new PersonKeys(HASHER, new MemoryWrapper(), new Config(100), clock));
    }

    /** One whose keys cannot be wrapped. */
    public static PersonSealer broken(InstantSource clock) {
        return new PersonSealer(new PersonKeys(HASHER, new BrokenWrapper(), new Config(100), clock));
    }

    private static final class BrokenWrapper implements KeyWrapper {

        @Override
        public WrappedKey wrap(DataKey key, Subject subject) {
            throw new IllegalStateException("the key management service is away");
        }

        @Override
        public DataKey unwrap(WrappedKey wrapped, Subject subject) throws SealBrokenException {
            throw new SealBrokenException("the key management service is away");
        }
    }

    record Config(int keysAtHand) implements SubjectConfig {

        @Override
        public Path hashKeyFile() {
            return Path.of("hash-key");
        }

        @Override
        public Path wrappingKeysFile() {
            return Path.of("wrapping-keys");
        }

        @Override
        public String topic() {
            return "keys";
        }

        @Override
        public Duration keyLifetime() {
            return Duration.ofHours(1);
        }
    }
}
