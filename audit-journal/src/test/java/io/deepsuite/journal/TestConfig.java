package io.deepsuite.journal;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A configuration for tests: small files, no waiting before the disk is tried again. */
record TestConfig(
        Path directory,
        String service,
        String instance,
        String namespace,
        MemorySize maxSize,
        MemorySize segmentSize,
        int queueLength,
        int maxOpenIntents,
        Duration linger,
        Duration retryAfter,
        Optional<Set<String>> failOpenReads,
        Ack ack,
        Optional<Set<String>> ackKafkaActions,
        Duration ackTimeout,
        String topic,
        int inFlight,
        Duration drainTimeout)
        implements JournalConfig {

    static final long MIB = 1L << 20;

    static TestConfig in(Path directory) {
        return new TestConfig(
                directory,
                "model-service",
                "model-0",
                "local",
                size(8 * MIB),
                size(MIB),
                100,
                100,
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty(),
                Ack.JOURNAL,
                Optional.empty(),
                Duration.ofSeconds(20),
                "deepsuite.audit.v1",
                100,
                Duration.ofSeconds(20));
    }

    private static MemorySize size(long bytes) {
        return new MemorySize(BigInteger.valueOf(bytes));
    }

    TestConfig segments(long bytes) {
        return new TestConfig(
                directory,
                service,
                instance,
                namespace,
                maxSize,
                size(bytes),
                queueLength,
                maxOpenIntents,
                linger,
                retryAfter,
                failOpenReads,
                ack,
                ackKafkaActions,
                ackTimeout,
                topic,
                inFlight,
                drainTimeout);
    }

    TestConfig failingOpen(Set<String> actions) {
        return new TestConfig(
                directory,
                service,
                instance,
                namespace,
                maxSize,
                segmentSize,
                queueLength,
                maxOpenIntents,
                linger,
                retryAfter,
                Optional.of(actions),
                ack,
                ackKafkaActions,
                ackTimeout,
                topic,
                inFlight,
                drainTimeout);
    }

    TestConfig acknowledgedBy(Ack all, Set<String> kafkaActions, Duration timeout) {
        return new TestConfig(
                directory,
                service,
                instance,
                namespace,
                maxSize,
                segmentSize,
                queueLength,
                maxOpenIntents,
                linger,
                retryAfter,
                failOpenReads,
                all,
                Optional.of(kafkaActions),
                timeout,
                topic,
                inFlight,
                drainTimeout);
    }

    TestConfig draining(Duration limit) {
        return new TestConfig(
                directory,
                service,
                instance,
                namespace,
                maxSize,
                segmentSize,
                queueLength,
                maxOpenIntents,
                linger,
                retryAfter,
                failOpenReads,
                ack,
                ackKafkaActions,
                ackTimeout,
                topic,
                inFlight,
                limit);
    }
}
