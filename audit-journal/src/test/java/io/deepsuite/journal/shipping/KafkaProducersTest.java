package io.deepsuite.journal.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaProducersTest {

    @TempDir
    Path directory;

    private record Files3(Path certificate, Path key, Path ca) implements CertificateConfig {}

    private record Kafka(String bootstrap, Protocol protocol) implements KafkaConfig {}

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
            Files.writeString(directory.resolve(name), "first " + name);
        }
    }

    private KafkaProducers producers(KafkaConfig.Protocol protocol) {
        return new KafkaProducers(
                new Kafka("127.0.0.1:9", protocol),
                new Files3(directory.resolve("tls.crt"), directory.resolve("tls.key"), directory.resolve("ca.crt")),
                "test",
                Duration.ZERO);
    }

    @Test
    void isOutdatedWhenAFileHasChanged() throws IOException {
        // Given
        var producers = producers(KafkaConfig.Protocol.SSL);
        assertThatThrownBy(producers::create).isInstanceOf(KafkaException.class); // no certificate, but it was read
        assertThat(producers.isOutdated()).isFalse();

        // When
        Files.writeString(directory.resolve("tls.crt"), "second");

        // Then
        assertThat(producers.isOutdated()).isTrue();
    }

    @Test
    void keepsTheConnectionThatWorksWhileAFileIsMissing() throws IOException {
        // Given
        var producers = producers(KafkaConfig.Protocol.SSL);
        assertThatThrownBy(producers::create).isInstanceOf(KafkaException.class);

        // When
        Files.delete(directory.resolve("tls.key"));

        // Then
        assertThat(producers.isOutdated()).isFalse();
    }

    @Test
    void makesAProducerWithoutCertificatesForTests() throws IOException {
        // Given
        var producers = producers(KafkaConfig.Protocol.PLAINTEXT);

        // When
        try (var _ = producers.create()) {

            // Then
            assertThat(producers.isOutdated()).isFalse();
        }
    }

    @Test
    void neverShowsAKey() throws IOException {
        assertThat(Certificates.read(new Files3(
                        directory.resolve("tls.crt"), directory.resolve("tls.key"), directory.resolve("ca.crt"))))
                .hasToString("Certificates[…]");
    }
}
