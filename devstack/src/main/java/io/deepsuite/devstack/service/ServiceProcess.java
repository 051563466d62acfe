package io.deepsuite.devstack.service;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.ProcessSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says how to start a service: the jar or the executable of the build, with the settings that a pod would get from its manifest. */
public final class ServiceProcess {
    private final StackDirectory directory;
    private final Installation installation;
    private final Ports ports;
    private final Packaging packaging;

    public ServiceProcess(StackDirectory directory, Installation installation, Ports ports, Packaging packaging) {
        this.directory = directory;
        this.installation = installation;
        this.ports = ports;
        this.packaging = packaging;
    }

    /**
     * How to start a service.
     *
     * @param identity the service's certificate
     */
    public ProcessSpec spec(Component service, Identity identity) {
        var environment = new TreeMap<String, String>();
        environment.putAll(listening(ports, Port.of(service), identity));
        environment.putAll(Map.of(
                "DEEPSUITE_OIDC_URL", "https://127.0.0.1:" + ports.of(Port.KEYCLOAK) + "/realms/deepsuite",
                "DEEPSUITE_KAFKA_BOOTSTRAP", "127.0.0.1:" + ports.of(Port.KAFKA),
                "DEEPSUITE_POSTGRES_HOST", "127.0.0.1",
                "DEEPSUITE_POSTGRES_PORT", Integer.toString(ports.of(Port.POSTGRES)),
                "DEEPSUITE_POSTGRES_DATABASE", service.processName().replace('-', '_'),
                "DEEPSUITE_JOURNAL_DIRECTORY",
                        directory.data(service).resolve("journal").toString(),
                "DEEPSUITE_JOURNAL_INSTANCE", "local",
                "DEEPSUITE_HMAC_KEY_FILE", directory.secret("hmac-key").toString(),
                "DEEPSUITE_PLACEHOLDER_KEY_FILE",
                        directory.secret("placeholder-key").toString()));
        environment.putAll(Map.of(
                "DEEPSUITE_SUBJECT_HASH_KEY_FILE",
                        directory.secret("subject-hash-key").toString(),
                "DEEPSUITE_SUBJECT_WRAPPING_KEYS_FILE",
                        directory.secret("subject-wrapping-keys").toString()));
        // Nobody routes calls here that would have to see first that a service stops.
        environment.put("DEEPSUITE_SHUTDOWN_DELAY", "PT0S");
        environment.putAll(Map.of(
                "DEEPSUITE_DATAPREP_HOST",
                "127.0.0.1",
                "DEEPSUITE_DATAPREP_PORT",
                Integer.toString(ports.of(Port.DATAPREP)),
                "DEEPSUITE_MONITOR_HOST",
                "127.0.0.1",
                "DEEPSUITE_MONITOR_PORT",
                Integer.toString(ports.of(Port.MONITOR))));
        if (service == Component.AUDIT_SERVICE) {
            environment.putAll(Map.of(
                    "DEEPSUITE_AUDIT_CHECKPOINT_KEY_FILES",
                    directory.signingKey("checkpoint-key").toString(),
                    "DEEPSUITE_AUDIT_CHECKPOINT_DIRECTORY",
                    directory.published().toString(),
                    "DEEPSUITE_AUDIT_CHECKPOINT_INTERVAL",
                    "PT2S",
                    "DEEPSUITE_AUDIT_CHECKPOINT_DIRECTORY_INTERVAL",
                    "PT0S", // every checkpoint
                    "DEEPSUITE_CONSOLE_SESSION_KEY_FILE",
                    directory.secret("console-session-key").toString()));
        }
        return new ProcessSpec(command(service.processName()), environment, directory.data(service));
    }

    private List<String> command(String module) {
        return switch (packaging) {
            case JVM ->
                List.of(
                        Installation.java(),
                        "-Xms32m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        "-jar",
                        installation.runnableJar(module).toString());
            case NATIVE -> List.of(installation.executable(module).toString(), "-Xmx256m");
        };
    }

    /**
     * Settings of everything that listens: services and engines.
     *
     * @param ports ports of everything
     * @param own the TLS port, then the management port
     */
    public static Map<String, String> listening(Ports ports, List<Port> own, Identity identity) {
        return Map.of(
                "DEEPSUITE_TLS_CERTIFICATE", identity.certificate().toString(),
                "DEEPSUITE_TLS_KEY", identity.key().toString(),
                "DEEPSUITE_TLS_CA", identity.authority().toString(),
                "DEEPSUITE_HTTP_HOST", "127.0.0.1",
                "DEEPSUITE_HTTP_PORT", Integer.toString(ports.of(own.get(0))),
                "DEEPSUITE_MANAGEMENT_HOST", "127.0.0.1",
                "DEEPSUITE_MANAGEMENT_PORT", Integer.toString(ports.of(own.get(1))));
    }
}
