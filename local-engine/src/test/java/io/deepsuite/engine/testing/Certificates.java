package io.deepsuite.engine.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.ca.CaGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An authority with the engine, model-service and another workload; and a second authority with a false model-service. */
public final class Certificates implements QuarkusTestResourceLifecycleManager {

    /** Password of the key stores. */
    public static final String PASSWORD = "changeit";

    /** System property that has their folder. */
    public static final String DIRECTORY = "deepsuite.test.certificates";

    @Override
    public Map<String, String> start() {
        try {
            // Keys take seconds to make; all tests of the process share them.
            String made = System.getProperty(DIRECTORY);
            Path directory = made == null ? make() : Path.of(made);
            System.setProperty(DIRECTORY, directory.toString());
            return Map.of(
                    DIRECTORY,
                    directory.toString(),
                    "deepsuite.tls.certificate",
                    directory.resolve("local-engine.crt").toString(),
                    "deepsuite.tls.key",
                    directory.resolve("local-engine.key").toString(),
                    "deepsuite.tls.ca",
                    directory.resolve("ca.crt").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        // The folder is the build's.
    }

    private static Path make() throws Exception {
        Path directory =
                Files.createDirectories(Path.of("target", "certificates")).toAbsolutePath();
        authority(directory, "local-engine", "model-service", "intruder");
        authority(directory.resolve("other"), "model-service");
        return directory;
    }

    private static void authority(Path directory, String... workloads) throws Exception {
        Files.createDirectories(directory);
        Path store = directory.resolve("ca.p12");
        new CaGenerator(
                        directory.resolve("ca.crt").toFile(),
                        directory.resolve("ca.key").toFile(),
                        store.toFile(),
                        PASSWORD)
                .generate("test-ca", "Test CA", "test", "X", "Y", "CZ");
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var authority = (KeyStore.PrivateKeyEntry)
                keys.getEntry(CaGenerator.KEYSTORE_KEY_ENTRY, new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        for (String workload : workloads) {
            new CertificateGenerator(directory, true)
                    .generate(new CertificateRequest()
                            .withName(workload)
                            .withCN(workload)
                            .withFormats(List.of(Format.PEM, Format.PKCS12))
                            .withPassword(PASSWORD)
                            .withDuration(Duration.ofDays(2))
                            .withSubjectAlternativeName("DNS:localhost")
                            .withSubjectAlternativeName("IP:127.0.0.1")
                            .signedWith((X509Certificate) authority.getCertificate(), authority.getPrivateKey()));
        }
    }
}
