package io.deepsuite.devstack.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A workload's certificate and key on disk, with the authority it trusts.
 *
 * @param name common name of the certificate
 * @param certificate PEM file
 * @param key PEM file, PKCS #8, readable by its owner only
 * @param authority PEM file of the authority whose peers this workload accepts
 */
public record Identity(String name, Path certificate, Path key, Path authority) {
    private static final char[] NO_PASSWORD = new char[0];

    /** A TLS 1.3 context that shows this certificate and trusts this authority. */
    public SSLContext sslContext() {
        try {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(name, privateKey(), NO_PASSWORD, new X509Certificate[] {readCertificate(certificate)});
            var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, NO_PASSWORD);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keyManagers.getKeyManagers(), trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("unreadable identity: " + certificate, e);
        }
    }

    /** A TLS 1.3 context that trusts this authority and shows no certificate. */
    public SSLContext sslContextWithoutCertificate() {
        try {
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust().getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("unreadable authority: " + authority, e);
        }
    }

    /** The certificate itself. */
    public X509Certificate x509() {
        try {
            return readCertificate(certificate);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("unreadable certificate: " + certificate, e);
        }
    }

    private TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        var authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("authority", readCertificate(authority));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return trust;
    }

    private PrivateKey privateKey() throws GeneralSecurityException, IOException {
        return readKey(key);
    }

    static X509Certificate readCertificate(Path file) throws GeneralSecurityException, IOException {
        var factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    static PrivateKey readKey(Path file) throws GeneralSecurityException, IOException {
        var base64 = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    }
}
