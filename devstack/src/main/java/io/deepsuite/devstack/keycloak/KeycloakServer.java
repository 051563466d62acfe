package io.deepsuite.devstack.keycloak;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.Probe;
import io.deepsuite.devstack.process.ProcessSpec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says how to start Keycloak in production mode: https alone, asking for a client certificate. The distribution is shared by all
 * stacks of a checkout; a stack has a folder of links to it with its own data.
 */
public final class KeycloakServer {
    /** Marks a distribution that was built, with the options of its build. */
    private static final String BUILT = "deepsuite.built";

    private static final List<String> BUILD =
            List.of("build", "--db=dev-file", "--health-enabled=false", "--https-client-auth=request");

    private final StackDirectory directory;
    private final Installation installation;
    private final Identity identity;
    private final int port;
    private final URI audit;
    private final boolean faultyClients;

    /**
     * @param audit where browsers reach the audit console
     * @param faultyClients whether the realm also gets the clients that only tests use
     */
    public KeycloakServer(
            StackDirectory directory,
            Installation installation,
            Identity identity,
            int port,
            URI audit,
            boolean faultyClients) {
        this.directory = directory;
        this.installation = installation;
        this.identity = identity;
        this.port = port;
        this.audit = audit;
        this.faultyClients = faultyClients;
    }

    /** Base address; the realm is {@code /realms/deepsuite} below it. */
    public URI address() {
        return URI.create("https://127.0.0.1:" + port);
    }

    /** Builds the distribution once per checkout, and makes the stack's folder; a changed realm file starts from an empty store. */
    public void prepare() {
        try {
            build();
            var realm = realmDigest();
            var known = directory.data(Component.KEYCLOAK).resolve("realm.sha256");
            if (!Files.exists(known) || !StackDirectory.read(known).equals(realm)) {
                StackDirectory.deleteTree(directory.data(Component.KEYCLOAK));
            }
            link();
            RealmImport realmImport = RealmImport.of(installation.realm())
                    .withAuditConsoleAt(audit)
                    .withDemoUsers(new DemoUsers(directory)::password);
            if (faultyClients) {
                realmImport = realmImport.withFaultyClients().withTestPerson(new DemoUsers(directory)::password);
            }
            realmImport.write(home().resolve("data/import/deepsuite-realm.json"));
            Files.writeString(known, realm);
        } catch (IOException e) {
            throw new DevstackException("cannot prepare keycloak: " + e.getMessage(), e);
        }
    }

    /** How to start the server. */
    public ProcessSpec spec() {
        var command = java(home());
        command.addAll(List.of(
                "start",
                "--optimized",
                "--import-realm",
                "--http-host=127.0.0.1",
                "--http-enabled=false",
                "--https-port=" + port,
                "--https-certificate-file=" + identity.certificate(),
                "--https-certificate-key-file=" + identity.key(),
                "--https-protocols=TLSv1.3",
                "--cache=local",
                "--truststore-paths=" + identity.authority(),
                "--hostname=" + address(),
                "--log-level=WARN,org.keycloak.quarkus:INFO,io.quarkus:INFO"));
        return new ProcessSpec(command, Map.of(), home());
    }

    /** Whether the realm is served. */
    public boolean answers(HttpClient client) {
        return Probe.answersOk(client, URI.create(address() + "/realms/deepsuite/.well-known/openid-configuration"));
    }

    private List<String> java(Path home) {
        return new ArrayList<>(List.of(
                Installation.java(),
                "-Xms96m",
                "-Xmx384m",
                "-XX:MetaspaceSize=96m",
                "-XX:+UseSerialGC",
                // Starts in half the time; what it does afterwards is little.
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf"),
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
    }

    private Path distribution() throws IOException {
        try (Stream<Path> folders = Files.list(installation.distributions())) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
                    .findFirst()
                    .orElseThrow(() -> new DevstackException(
                            "no Keycloak in " + installation.distributions() + "; build the module devstack first"));
        }
    }

    private Path home() {
        return directory.data(Component.KEYCLOAK).resolve("home");
    }

    /** Whether the distribution is ready to start. */
    public boolean isBuilt() {
        try {
            var built = distribution().resolve(BUILT);
            return Files.exists(built) && Files.readAllLines(built).equals(BUILD);
        } catch (IOException _) {
            return false;
        }
    }

    private void build() throws IOException {
        var distribution = distribution();
        try (var channel = FileChannel.open(
                        installation.distributions().resolve("keycloak.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var _ = channel.lock()) {
            if (isBuilt()) {
                return;
            }
            var command = java(distribution);
            command.addAll(BUILD);
            var log = directory.log(Component.KEYCLOAK);
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            int exitCode = process.waitFor();
            // 10 tells a calling script that the server was built anew.
            if (exitCode != 0 && exitCode != 10) {
                throw new DevstackException("keycloak cannot be built (exit code " + exitCode + "); log: " + log);
            }
            Files.write(distribution.resolve(BUILT), BUILD);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while building keycloak", e);
        }
    }

    private void link() throws IOException {
        var home = home();
        Files.createDirectories(home.resolve("data/import"));
        for (var name : List.of("bin", "conf", "lib", "providers", "themes", "version.txt")) {
            var link = home.resolve(name);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, distribution().resolve(name));
        }
    }

    private String realmDigest() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(installation.realm()));
            digest.update(audit.toString().getBytes(StandardCharsets.UTF_8));
            digest.update((byte) (faultyClients ? 1 : 0));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
