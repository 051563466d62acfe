package io.deepsuite.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A server that speaks S3 over TLS and checks signatures, in a process of its own; its buckets are folders. */
public final class ObjectStore implements AutoCloseable {

    public static final String BUCKET = "audit";

    private static final Path PROGRAM = Path.of("target", "object-store", "s3proxy.jar");
    private static final String KEY_ID = "archive-job";
    private static final String SECRET = "not-to-be-seen";

    private final Path folder;
    private final Identity identity;
    private final int port;
    private final Process process;

    /**
     * Starts it.
     *
     * @param identity its certificate, for 127.0.0.1
     */
    public ObjectStore(Path folder, Identity identity) throws IOException {
        this.folder = folder;
        this.identity = identity;
        Files.createDirectories(bucket());
        port = freePort();
        var properties = new Properties();
        properties.put("s3proxy.secure-endpoint", "https://127.0.0.1:" + port);
        properties.put("s3proxy.keystore-path", keys().toString());
        properties.put("s3proxy.keystore-password", "changeit");
        properties.put("s3proxy.authorization", "aws-v4");
        properties.put("s3proxy.identity", KEY_ID);
        properties.put("s3proxy.credential", SECRET);
        properties.put("s3proxy.ignore-unknown-headers", "true"); // checksums of parts
        properties.put("jclouds.provider", "filesystem-nio2");
        properties.put("jclouds.filesystem.basedir", folder.resolve("buckets").toString());
        var file = folder.resolve("s3proxy.properties");
        try (var out = Files.newOutputStream(file)) {
            properties.store(out, null);
        }
        process = new ProcessBuilder(
                        Installation.java(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        PROGRAM.toString(),
                        "--properties",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).isTrue();
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
    }

    /** Where the objects of the bucket are. */
    public Path bucket() {
        return folder.resolve("buckets").resolve(BUCKET);
    }

    /** Settings that reach a prefix of the bucket. */
    public Map<String, String> environment(String prefix) throws IOException {
        var environment = new HashMap<String, String>();
        environment.put("DEEPSUITE_ARCHIVE_BUCKET", "s3://" + BUCKET + "/" + prefix);
        environment.put("DEEPSUITE_ARCHIVE_BUCKET_ENDPOINT", "https://127.0.0.1:" + port);
        environment.put("DEEPSUITE_ARCHIVE_BUCKET_REGION", "eu-central-1");
        environment.put("DEEPSUITE_ARCHIVE_BUCKET_CA", identity.authority().toString());
        environment.put(
                "DEEPSUITE_ARCHIVE_BUCKET_CREDENTIALS", credentials(SECRET).toString());
        return environment;
    }

    /** A file with the key id and a secret. */
    public Path credentials(String secret) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "credentials", ""), """
                [default]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                """.formatted(KEY_ID, secret));
    }

    /** A port that nobody listens on. */
    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Path keys() throws IOException {
        try (var chain = Files.newInputStream(identity.certificate())) {
            var base64 = Files.readString(identity.key())
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            var key = KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "server",
                    key,
                    "changeit".toCharArray(),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(chain)
                            .toArray(Certificate[]::new));
            var file = folder.resolve("server.p12");
            try (var out = Files.newOutputStream(file)) {
                store.store(out, "changeit".toCharArray());
            }
            return file;
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
