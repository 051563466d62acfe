package io.deepsuite.devstack;

import io.deepsuite.devstack.certificate.CertificateAuthority;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.DemoUsers;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.keycloak.TokenClient;
import io.deepsuite.devstack.layout.Addresses;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.EnvFile;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import io.deepsuite.devstack.process.ProcessTable;
import io.deepsuite.devstack.process.Signals;
import io.deepsuite.devstack.registry.RegistrySeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The whole suite on one machine: real Kafka, PostgreSQL, Keycloak, Redis, engines and services, each a process of its own that
 * outlives this object until {@link #close()} or a later {@code down} ends it.
 *
 * <pre>{@code
 * try (var stack = Stack.start(StackOptions.test(Path.of("target/stack")))) {
 *     var token = stack.token(Role.MODEL_USER);
 *     var tls = stack.identity("demo-app").sslContext();
 *     stack.kill(Component.MODEL_SERVICE);   // a crash
 *     stack.start(Component.MODEL_SERVICE);  // and back, ready
 * }
 * }</pre>
 *
 * <p>Methods that change a component are for one thread at a time; different components may be changed side by side. All of them throw {@link DevstackException}, whose message says what
 * to do, when they cannot do what they say.
 */
public final class Stack implements AutoCloseable {
    private static final String APPLICATION = "demo-app";
    private static final List<String> WORKLOADS = List.of(
            "model-service",
            "dataprep-service",
            "monitor-agent",
            "audit-service",
            "local-engine",
            "kafka",
            "postgres",
            "keycloak",
            "redis",
            "platform",
            APPLICATION);

    private final StackOptions options;
    private final StackDirectory directory;
    private final ProcessTable processes;
    private final CertificateAuthority authority;
    private final ComponentLauncher launcher;

    private Stack(StackOptions options) {
        this.options = options;
        this.directory = new StackDirectory(options.directory());
        directory.create();
        this.processes = new ProcessTable(directory);
        this.authority = CertificateAuthority.open(directory.certificates(), InstantSource.system());
        this.launcher = new ComponentLauncher(options, directory, processes, authority);
    }

    /** Starts what the options name, and returns when all of it is ready. What runs already is left as it is. */
    public static Stack start(StackOptions options) {
        var stack = open(options);
        stack.startAll();
        return stack;
    }

    /** A stack of which nothing is started yet. */
    public static Stack open(StackOptions options) {
        return new Stack(options);
    }

    /** A stack that was prepared or started before, by this or another process, on the ports it was started with. */
    public static Stack attach(StackOptions options) {
        var directory = new StackDirectory(options.directory());
        var state = StackState.load(directory);
        return new Stack(options.withPorts(state.ports()).withPackaging(state.packaging()));
    }

    /** Ends what is left of a stack and deletes all that it has. Does nothing where there is none. */
    public static void remove(StackOptions options) {
        if (Files.exists(new StackDirectory(options.directory()).state())) {
            attach(options).stopAll();
        }
        StackDirectory.deleteTree(options.directory());
    }

    /**
     * Starts everything of the options that does not run and waits until it is ready: infrastructure and engines first, then the
     * services. An interrupted start is continued.
     */
    public void startAll() {
        checkPorts(options.components().stream()
                .filter(component -> processes.find(component).isEmpty())
                .collect(Collectors.toSet()));
        WORKLOADS.forEach(authority::identity);
        new StackState(options.ports(), options.packaging(), false).save(directory);
        StackDirectory.writePrivate(directory.env(), EnvFile.text(addresses().environment(directory)));
        launcher.startInWaves(options.components());
    }

    /** Registers the demo model with both versions; what is registered already stays as it is. */
    public void seedRegistry() {
        new RegistrySeed(options.installation(), options.ports(), identity(APPLICATION)).run(token(Role.MODEL_ADMIN));
    }

    /** Starts one component, and returns when it is ready; nothing to do if it runs. */
    public void start(Component component) {
        if (processes.find(component).isEmpty() && !component.supervised()) {
            checkPorts(Set.of(component));
        }
        launcher.start(component);
        awaitReady(component);
    }

    /** Ends one component as an orderly shutdown does: asks, waits, insists. Ending the supervisor ends the engines. */
    public void stop(Component component) {
        if (component.supervised()
                && processes.find(Component.ENGINE_SUPERVISOR).isPresent()) {
            throw new DevstackException(component.processName() + " would be started again; stop engine-supervisor");
        }
        new StackShutdown(processes).stop(component);
    }

    /** How the component's latest process ended; empty if it runs, or if another JVM started it. */
    public OptionalInt exitCode(Component component) {
        return processes.exitCode(component);
    }

    /** Ends one component at once with SIGKILL, as a crash would; returns when it is gone. The supervisor replaces a killed engine. */
    public void kill(Component component) {
        launcher.kill(component);
    }

    /** Freezes one component with SIGSTOP: its connections stay open, and nothing answers. */
    public void pause(Component component) {
        processes.find(component).ifPresent(process -> Signals.send(process, "STOP"));
    }

    /** Undoes {@link #pause(Component)}. */
    public void resume(Component component) {
        processes.find(component).ifPresent(process -> Signals.send(process, "CONT"));
    }

    /** Returns when the component answers as it should. */
    public void awaitReady(Component component) {
        launcher.awaitReady(component);
    }

    /** Whether the component answers as it should, now. */
    public boolean isReady(Component component) {
        return process(component).isPresent() && launcher.isReady(component);
    }

    /** The living process of a component. */
    public Optional<ProcessHandle> process(Component component) {
        return processes.find(component);
    }

    /** The log of a component. */
    public Path log(Component component) {
        return directory.log(component);
    }

    /** Where everything is. */
    public StackDirectory directory() {
        return directory;
    }

    /** Where everything is reached. */
    public Addresses addresses() {
        return new Addresses(options.ports());
    }

    /** Certificate and key of a workload, signed by the stack's authority; issued when there is none yet. */
    public Identity identity(String workload) {
        return authority.identity(workload);
    }

    /** A certificate with a workload's name that ended a minute ago. */
    public Identity expiredIdentity(String workload) {
        return authority.issueExpiredInto(directory.root().resolve("expired"), workload);
    }

    /** A certificate with a workload's name from an authority that nobody here trusts; it trusts ours, so that only its own is at fault. */
    public Identity foreignIdentity(String workload) {
        var foreign = CertificateAuthority.open(directory.root().resolve("foreign"), InstantSource.system());
        var issued = foreign.identity(workload);
        return new Identity(workload, issued.certificate(), issued.key(), authority.certificateFile());
    }

    /** A second, different certificate of the same name and authority, such as after a rotation; the first stays in use. */
    public Identity anotherIdentity(String workload) {
        return authority.issueInto(directory.root().resolve("another"), workload);
    }

    /** A token of the demo user who has exactly that role, bound to the demo application's certificate. */
    public String token(Role role) {
        return token(role, identity(APPLICATION), TokenClient.COMMAND_LINE);
    }

    /**
     * A token of the demo user who has exactly that role.
     *
     * @param identity certificate to which it is bound
     * @param clientId Keycloak client: {@link TokenClient#COMMAND_LINE}, or one with a fault if the options have test clients
     */
    public String token(Role role, Identity identity, String clientId) {
        return token(role.username(), identity, clientId);
    }

    /** A token of the person whom a test may erase, with the role model-user, if the options have test clients. */
    public String testPersonToken() {
        return token(DemoUsers.TEST_PERSON, identity(APPLICATION), TokenClient.COMMAND_LINE);
    }

    private String token(String username, Identity identity, String clientId) {
        var password = new DemoUsers(directory).password(username);
        return new TokenClient(addresses().keycloak()).passwordGrant(identity, clientId, username, password);
    }

    /** A service's own token, bound to its certificate. */
    public String workloadToken(String workload) {
        return new TokenClient(addresses().keycloak()).clientCredentials(identity(workload));
    }

    /** Ends everything in reverse order; what runs and is not in the options too. */
    public void stopAll() {
        new StackShutdown(processes).run(Component.all(), options.progress());
    }

    /** The same as {@link #stopAll()}. */
    @Override
    public void close() {
        stopAll();
    }

    private void checkPorts(Set<Component> starting) {
        var busy = new ArrayList<String>();
        for (var component : new java.util.TreeSet<>(starting)) {
            if (options.prefixes().containsKey(component)) {
                continue;
            }
            for (var port : Port.of(component)) {
                int number = options.ports().of(port);
                if (!Ports.isFree(number)) {
                    busy.add("port %d, which %s needs".formatted(number, component.processName()));
                }
            }
        }
        if (!busy.isEmpty()) {
            throw new DevstackException("in use by another program: " + String.join("; ", busy));
        }
    }

    /** State of each component. */
    public Map<Component, State> states() {
        var states = new EnumMap<Component, State>(Component.class);
        for (var component : Component.values()) {
            if (process(component).isEmpty()) {
                states.put(component, processes.isExpected(component) ? State.DIED : State.STOPPED);
            } else {
                states.put(component, launcher.isReady(component) ? State.READY : State.STARTING);
            }
        }
        return states;
    }

    /** States of a component. */
    public enum State {
        /** Not started, or stopped since. */
        STOPPED,
        /** Ended without being asked to. */
        DIED,
        /** Runs and does not answer as it should. */
        STARTING,
        /** Answers as it should. */
        READY
    }
}
