package io.deepsuite.journal.shipping;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SslConfigs;

/**
 * Content of the certificate files at one moment, PEM.
 *
 * @param certificate this workload's chain
 * @param key its private key; never shown
 * @param authorities who is trusted
 */
record Certificates(String certificate, String key, String authorities) {

    static Certificates read(CertificateConfig files) throws IOException {
        return new Certificates(
                Files.readString(files.certificate()), Files.readString(files.key()), Files.readString(files.ca()));
    }

    /** Settings of a Kafka client that uses them: TLS 1.3 only, host names checked. */
    Map<String, Object> clientSettings() {
        return Map.of(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "SSL",
                SslConfigs.SSL_PROTOCOL_CONFIG, "TLSv1.3",
                SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG, "TLSv1.3",
                SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG, "https",
                SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM",
                SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG, certificate,
                SslConfigs.SSL_KEYSTORE_KEY_CONFIG, key,
                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM",
                SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG, authorities);
    }

    @Override
    public String toString() {
        return "Certificates[…]";
    }
}
