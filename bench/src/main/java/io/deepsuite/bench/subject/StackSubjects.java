package io.deepsuite.bench.subject;

import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.journal.subject.FileKeyWrapper;
import io.deepsuite.journal.subject.KeyWrapper;
import io.deepsuite.journal.subject.SubjectConfig;
import io.deepsuite.journal.subject.SubjectHasher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * How the services of a stack know persons and wrap their keys; all else as the journal has it where nothing is said.
 *
 * @param hashKeyFile key that persons are hashed with
 * @param wrappingKeysFile keys that wrap
 */
public record StackSubjects(Path hashKeyFile, Path wrappingKeysFile) implements SubjectConfig {

    /** With the secrets of a stack, which are made when they are not there yet. */
    public static StackSubjects of(StackDirectory directory) {
        directory.create();
        return new StackSubjects(directory.secret("subject-hash-key"), directory.secret("subject-wrapping-keys"));
    }

    @Override
    public String topic() {
        return KafkaSetup.SUBJECT_KEY_TOPIC;
    }

    @Override
    public Duration keyLifetime() {
        return Duration.ofHours(1);
    }

    @Override
    public int keysAtHand() {
        return 10_000;
    }

    SubjectHasher hasher() {
        byte[] key = HexFormat.of().parseHex(StackDirectory.read(hashKeyFile));
        return new SubjectHasher(new SecretKeySpec(key, "HmacSHA256"));
    }

    KeyWrapper wrapper() {
        return new FileKeyWrapper(wrappingKeysFile);
    }
}
