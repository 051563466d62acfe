package io.deepsuite.devstack.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private CertificateAuthority authority;

    @BeforeEach
    void open() {
        authority = CertificateAuthority.open(folder, InstantSource.fixed(NOW));
    }

    @Test
    void certificateNamesItsWorkloadAndThisMachine() throws Exception {
        var certificate = authority.identity("model-service").x509();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=model-service");
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> (Object) name.get(1))
                .containsExactlyInAnyOrder("model-service", "localhost", "127.0.0.1");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }

    @Test
    void keysAreForTheirOwnerOnly() throws Exception {
        var identity = authority.identity("model-service");

        for (var key : List.of(identity.key(), folder.resolve("ca.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void identityIsKeptWhileItIsGood() {
        var first = authority.identity("kafka").x509();

        assertThat(CertificateAuthority.open(folder, InstantSource.fixed(NOW))
                        .identity("kafka")
                        .x509())
                .isEqualTo(first);
    }

    @Test
    void identityIsRenewedBeforeItEnds() {
        var first = authority.identity("kafka").x509();
        var later = CertificateAuthority.open(folder, InstantSource.fixed(NOW.plus(Duration.ofDays(85))));

        var renewed = later.identity("kafka").x509();

        assertThat(renewed.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
        assertThat(renewed.getIssuerX500Principal()).isEqualTo(first.getIssuerX500Principal());
    }

    @Test
    void identityOfALostAuthorityIsIssuedAnew() throws Exception {
        var first = authority.identity("kafka").x509();
        Files.delete(folder.resolve("ca.key"));

        var renewed = CertificateAuthority.open(folder, InstantSource.fixed(NOW))
                .identity("kafka")
                .x509();

        assertThat(renewed).isNotEqualTo(first);
    }

    @Test
    void expiredCertificateIsExpired() {
        var expired = authority
                .issueExpiredInto(folder.resolve("expired"), "demo-app")
                .x509();

        assertThatThrownBy(() -> expired.checkValidity(java.util.Date.from(NOW)))
                .isInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void identityMakesATlsContext() {
        var identity = authority.identity("demo-app");

        assertThat(identity.sslContext().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(identity.sslContextWithoutCertificate().getProtocol()).isEqualTo("TLSv1.3");
    }
}
