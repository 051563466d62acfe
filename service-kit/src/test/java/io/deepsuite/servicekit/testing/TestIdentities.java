package io.deepsuite.servicekit.testing;

import io.deepsuite.servicekit.identity.PeerCertificate;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.ca.CaGenerator;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Starts a service under test with a certificate authority and a token key of its own. Use with {@code @WithTestResource(TestIdentities.class)}; the static
 * methods give the tests certificates and tokens.
 */
public final class TestIdentities implements QuarkusTestResourceLifecycleManager {

    /** Session of every token. */
    public static final String SESSION = "66666666-7777-4888-8999-aaaaaaaaaaaa";

    private static final String PASSWORD = "test-only";
    private static final List<String> WORKLOADS = List.of("service-under-test", "demo-app", "model-service");
    private static final Path DIRECTORY = directory();
    private static final KeyPair TOKEN_KEY = tokenKey();

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<String, String>();
        settings.put("deepsuite.tls.certificate", file("service-under-test.crt"));
        settings.put("deepsuite.tls.key", file("service-under-test.key"));
        settings.put("deepsuite.tls.ca", file("ca.crt"));
        settings.put("deepsuite.http.host", "127.0.0.1");
        settings.put("deepsuite.management.host", "127.0.0.1");
        settings.put("quarkus.http.test-ssl-port", "0");
        settings.put("quarkus.management.test-port", "0");
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put(
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(TOKEN_KEY.getPublic().getEncoded()));
        return settings;
    }

    @Override
    public void stop() {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            files.sorted((left, right) -> right.compareTo(left)).forEach(TestIdentities::delete);
        } catch (IOException e) {
            throw new IllegalStateException("test certificates remain", e);
        }
    }

    /** A TLS client of that workload. */
    public static SSLContext tls(String workload) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store(workload + "-keystore.p12"), PASSWORD.toCharArray());
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authority());
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS client for " + workload, e);
        }
    }

    /** A file of the certificates: {@code ca.crt}, {@code <workload>.crt}, {@code <workload>.key}. */
    public static String file(String name) {
        return DIRECTORY.resolve(name).toString();
    }

    /** A token of the person {@code alice} with these roles, bound to the certificate of a workload. */
    public static String token(String workload, String... roles) {
        return token(workload, Duration.ofMinutes(5), "deepsuite", roles);
    }

    /** A token with a life time, maybe negative, and an audience. */
    public static String token(String workload, Duration life, String audience, String... roles) {
        return sign(Map.of("cnf", Map.of("x5t#S256", certificate(workload).thumbprint())), life, audience, roles);
    }

    /** A token that is bound to no certificate. */
    public static String unboundToken(String... roles) {
        return sign(Map.of(), Duration.ofMinutes(5), "deepsuite", roles);
    }

    /** The certificate of a workload. */
    public static PeerCertificate certificate(String workload) {
        try (InputStream pem = Files.newInputStream(DIRECTORY.resolve(workload + ".crt"))) {
            return PeerCertificate.of(
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no certificate of " + workload, e);
        }
    }

    private static String sign(Map<String, Object> more, Duration life, String audience, String... roles) {
        long now = System.currentTimeMillis() / 1000;
        return Jwt.claims(more)
                .subject("11111111-2222-4333-8444-555555555555")
                .claim("preferred_username", "alice")
                .claim("azp", "demo-app")
                .claim("sid", SESSION)
                .claim("tenant", "acme")
                .claim("realm_access", Map.of("roles", List.copyOf(Set.of(roles))))
                .audience(audience)
                .issuedAt(now + Math.min(0, life.toSeconds()) - 1)
                .expiresAt(now + life.toSeconds())
                .sign(TOKEN_KEY.getPrivate());
    }

    private static Path directory() {
        try {
            var directory = Files.createTempDirectory("deepsuite-test-identities");
            var authority = directory.resolve("ca.p12").toFile();
            new CaGenerator(
                            directory.resolve("ca.crt").toFile(),
                            directory.resolve("ca.key").toFile(),
                            authority,
                            PASSWORD)
                    .generate("test-ca", "Deepsuite test CA", "test", "Test", "Test", "XX");
            var store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(authority.toPath())) {
                store.load(in, PASSWORD.toCharArray());
            }
            var entry = (KeyStore.PrivateKeyEntry) store.getEntry(
                    CaGenerator.KEYSTORE_KEY_ENTRY, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
            for (var workload : WORKLOADS) {
                leaf(directory, entry, workload);
            }
            return directory;
        } catch (Exception e) {
            throw new IllegalStateException("no test certificates", e);
        }
    }

    private static void leaf(Path directory, KeyStore.PrivateKeyEntry authority, String workload) throws Exception {
        new CertificateGenerator(directory, true)
                .generate(new CertificateRequest()
                        .withName(workload)
                        .withCN(workload)
                        .withPassword(PASSWORD)
                        .withFormats(List.of(Format.PEM, Format.PKCS12))
                        .withDuration(Duration.ofDays(1))
                        .withSubjectAlternativeName("DNS:localhost")
                        .withSubjectAlternativeName("IP:127.0.0.1")
                        .signedWith((X509Certificate) authority.getCertificate(), authority.getPrivateKey()));
    }

    private static KeyPair tokenKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no token key", e);
        }
    }

    private static KeyStore store(String name) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(DIRECTORY.resolve(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static KeyStore authority() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(DIRECTORY.resolve("ca.crt"))) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        return store;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete " + path, e);
        }
    }
}
