package io.deepsuite.systemtests.chaos;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.process.Signals;
import io.deepsuite.systemtests.suite.Suite;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The audit service on a node of its own, and at the end back on this machine. Its connections to Kafka, PostgreSQL and Keycloak are the kernel's from end to end;
 * its callers, who know it as a port of 127.0.0.1, come by way of relays.
 */
final class DistantStore implements AutoCloseable {

    private final Suite suite;
    private final Node node;
    private final Path admission;
    private final String admittedBefore;
    private final List<Relay> ways = new ArrayList<>();

    private DistantStore(Suite suite, Node node) throws IOException {
        this.suite = suite;
        this.node = node;
        this.admission = suite.stack()
                .directory()
                .data(Component.POSTGRES)
                .resolve("cluster")
                .resolve("pg_hba.conf");
        this.admittedBefore = Files.readString(admission);
    }

    static DistantStore start(Suite suite, Node node) throws IOException {
        var store = new DistantStore(suite, node);
        try {
            store.moveThere();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void moveThere() throws IOException {
        // With its certificate, as from 127.0.0.1.
        admit(admittedBefore + "hostssl all all " + node.address() + "/32 cert map=workloads\n");
        suite.stack().stop(Component.AUDIT_SERVICE);
        for (var port : Port.of(Component.AUDIT_SERVICE)) {
            int number = suite.number(port);
            ways.add(Relay.between(number, new InetSocketAddress(node.address(), number)));
        }
        suite.stackWith(
                        Component.AUDIT_SERVICE,
                        Map.of("DEEPSUITE_HTTP_HOST", node.address(), "DEEPSUITE_MANAGEMENT_HOST", node.address()),
                        node.prefix())
                .start(Component.AUDIT_SERVICE);
    }

    private void admit(String rules) throws IOException {
        Files.writeString(admission, rules);
        suite.stack().process(Component.POSTGRES).ifPresent(server -> Signals.send(server, "HUP"));
    }

    @Override
    public void close() throws IOException {
        suite.stack().stop(Component.AUDIT_SERVICE);
        ways.forEach(Relay::close);
        admit(admittedBefore);
        suite.stack().start(Component.AUDIT_SERVICE);
    }
}
