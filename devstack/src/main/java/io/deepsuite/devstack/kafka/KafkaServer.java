package io.deepsuite.devstack.kafka;

import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.process.ProcessSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Says how to start the broker: one node that is controller and broker, TLS 1.3 with a client certificate on every port, nobody allowed
 * anything that no rule allows, topics made by hand only.
 */
public final class KafkaServer {
    private final StackDirectory directory;
    private final Installation installation;
    private final Identity identity;
    private final int port;
    private final int controllerPort;

    public KafkaServer(
            StackDirectory directory, Installation installation, Identity identity, int port, int controllerPort) {
        this.directory = directory;
        this.installation = installation;
        this.identity = identity;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** Writes the broker's configuration. */
    public void prepare() {
        var properties = new Properties();
        properties.putAll(roles());
        properties.putAll(singleNode());
        properties.putAll(security());
        properties.putAll(authorisation());
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StackDirectory.writePrivate(configuration(), text.toString());
    }

    /** How to start the broker. */
    public ProcessSpec spec() {
        return new ProcessSpec(
                List.of(
                        Installation.java(),
                        "-Xms96m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.awt.headless=true",
                        "-cp",
                        installation.classPath(),
                        KafkaBroker.class.getName(),
                        configuration().toString()),
                Map.of(),
                directory.data(Component.KAFKA));
    }

    private Path configuration() {
        return directory.data(Component.KAFKA).resolve("server.properties");
    }

    private Map<String, String> roles() {
        return Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                "listeners", "SSL://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort,
                "advertised.listeners", "SSL://127.0.0.1:" + port,
                "controller.listener.names", "CONTROLLER",
                "listener.security.protocol.map", "SSL:SSL,CONTROLLER:SSL",
                "inter.broker.listener.name", "SSL",
                "log.dirs", directory.data(Component.KAFKA).resolve("log").toString());
    }

    private static Map<String, String> singleNode() {
        return Map.ofEntries(
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "1"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "1"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("log.cleaner.dedupe.buffer.size", "2097152"),
                Map.entry("auto.create.topics.enable", "false"));
    }

    private Map<String, String> security() {
        return Map.of(
                "ssl.client.auth", "required",
                "ssl.enabled.protocols", "TLSv1.3",
                "ssl.protocol", "TLSv1.3",
                "ssl.keystore.type", "PEM",
                "ssl.keystore.certificate.chain", StackDirectory.read(identity.certificate()),
                "ssl.keystore.key", StackDirectory.read(identity.key()),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.certificates", StackDirectory.read(identity.authority()));
    }

    private static Map<String, String> authorisation() {
        return Map.of(
                "ssl.principal.mapping.rules", "RULE:^CN=([^,]+).*$/$1/,DEFAULT",
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                // The broker talks to itself, and platform makes topics and rules.
                "super.users", "User:kafka;User:platform");
    }
}
