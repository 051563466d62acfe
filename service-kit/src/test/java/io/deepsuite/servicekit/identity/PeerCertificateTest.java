package io.deepsuite.servicekit.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class PeerCertificateTest {

    private static final String APP = "spiffe://deepsuite/ns/apps/sa/app";

    @Test
    void takesTheWorkloadFromTheCommonNameAndItsSpiffeIdFromTheUri() throws Exception {
        // When
        var peer = PeerCertificate.of(certificate(dns("app.apps.svc"), uri(APP), uri("https://app.example")));

        // Then
        assertThat(peer.workload()).isEqualTo("app");
        assertThat(peer.spiffeId()).isEqualTo(APP);
        assertThat(peer.sha256()).matches("[0-9a-f]{64}");
    }

    @Test
    void knowsNoSpiffeIdWithoutOne() throws Exception {
        assertThat(PeerCertificate.of(certificate(dns("app.apps.svc"))).spiffeId())
                .isEmpty();
        assertThat(PeerCertificate.of(certificate(dns("app.apps.svc"), uri("https://app.example")))
                        .spiffeId())
                .isEmpty();
    }

    /** Whoever has two has none: a certificate stands for one workload. */
    @Test
    void believesNoneOfTwo() throws Exception {
        assertThat(PeerCertificate.of(certificate(uri(APP), uri("spiffe://deepsuite/ns/apps/sa/other")))
                        .spiffeId())
                .isEmpty();
    }

    private static X509Certificate certificate(GeneralName... names) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var keys = generator.generateKeyPair();
        var name = new X500Principal("CN=app");
        var now = Instant.now();
        var builder = new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, Date.from(now), Date.from(now.plusSeconds(60)), name, keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName uri(String name) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, name);
    }
}
