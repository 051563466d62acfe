package io.deepsuite.systemtests.suite;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.certificate.Identity;
import io.deepsuite.devstack.keycloak.Role;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * The whole suite as its users see it: over the network, with certificates and tokens, and with what lies in its topic, databases and logs. One per test run.
 */
public final class Suite implements AutoCloseable {

    /** Name of the demo model. */
    public static final String DEMO_MODEL = "tiny-translate";

    private static final Path DIRECTORY = Path.of("target", "stack");

    /** What is a second audit service's alone. */
    private static final Path SECOND = DIRECTORY.resolve("second");

    /** While working on tests: leaves the stack running, and uses one that runs. */
    private static final boolean KEPT = Boolean.getBoolean("deepsuite.stack.kept");

    /** Runs the tests against native executables: {@code -Ddeepsuite.packaging=NATIVE}. */
    private static final Packaging PACKAGING = Packaging.valueOf(System.getProperty("deepsuite.packaging", "JVM"));

    private final StackOptions options;
    private final Stack stack;
    private final EchoEngine echo;
    private final Tokens tokens;
    private final ConcurrentHashMap<String, GrpcFace> grpc = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Identity, Https> https = new ConcurrentHashMap<>();

    private Suite(StackOptions options, Stack stack) {
        this.options = options;
        this.stack = stack;
        this.tokens = new Tokens(stack);
        this.echo = EchoEngine.start(stack.identity("local-engine"));
    }

    static Suite start() {
        var options = quick(StackOptions.test(DIRECTORY))
                .withPackaging(PACKAGING)
                .withEnvironment(Component.MODEL_SERVICE, "DEEPSUITE_SHUTDOWN_DELAY", "PT3S")
                // Long enough for a call that has to find the circuit open; two tests wait until it closes.
                .withEnvironment(Component.MODEL_SERVICE, "DEEPSUITE_ENGINE_BREAKER_DELAY", "PT10S")
                .withEnvironment(Component.AUDIT_SERVICE, "DEEPSUITE_AUDIT_WITNESS_KEYS", SuiteWitness.key())
                .withEnvironment(Component.AUDIT_SERVICE, "DEEPSUITE_AUDIT_CHECKPOINT_INTERVAL", "PT1S")
                .withProgress(System.out::println);
        var suite = new Suite(options, KEPT ? startOrAttach(options) : startAnew(options));
        try {
            suite.warmUp();
            return suite;
        } catch (RuntimeException e) {
            suite.close();
            throw e;
        }
    }

    /** Tests start processes far more often than they load them, so these need not get fast in the long run. Executables do not read this. */
    private static StackOptions quick(StackOptions options) {
        var quick = options;
        for (var component : Component.values()) {
            if (component == Component.KAFKA || component.kind() == Component.Kind.SERVICE) {
                quick = quick.withEnvironment(component, "JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
            }
        }
        return quick;
    }

    /** Removes what a run that was cut short has left, its processes and its data, and starts everything. */
    private static Stack startAnew(StackOptions options) {
        var directory = new StackDirectory(options.directory());
        Stack.remove(options.withDirectory(SECOND));
        if (Files.exists(directory.state())) {
            Stack.attach(options).stopAll();
        }
        StackDirectory.deleteTree(directory.root());
        try {
            return Stack.start(options);
        } catch (RuntimeException e) {
            // What did start must not outlive the run.
            Stack.attach(options).stopAll();
            throw e;
        }
    }

    /** Registers the models, and waits for the first answer of each service: on a starved machine the first calls may run into deadlines. */
    private void warmUp() {
        retried("registry").untilAsserted(stack::seedRegistry);
        retried("echo").untilAsserted(() -> Registry.of(this).register(EchoEngine.MODEL, echo.address()));
        for (var model : List.of(EchoEngine.MODEL, DEMO_MODEL)) {
            retried(model).until(() -> !chat().plain(model, "智能手机", "").text().isEmpty());
        }
        retried("audit")
                .until(() -> !events().all(Map.of("action", "inference.chat")).isEmpty());
    }

    private static ConditionFactory retried(String what) {
        return Awaitility.await(what)
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions();
    }

    private static Stack startOrAttach(StackOptions options) {
        if (!Files.exists(new StackDirectory(options.directory()).state())) {
            return Stack.start(options);
        }
        var stack = Stack.attach(options);
        stack.startAll();
        return stack;
    }

    /** The processes. */
    public Stack stack() {
        return stack;
    }

    /** The same processes; what this starts of the component has these environment variables too. Start it anew with {@link #stack()} afterwards. */
    public Stack stackWith(Component component, Map<String, String> environment) {
        return stackWith(options, component, environment);
    }

    /** The same, with words before the component's command that start it elsewhere. */
    public Stack stackWith(Component component, Map<String, String> environment, List<String> prefix) {
        return stackWith(options.withPrefix(component, prefix), component, environment);
    }

    private static Stack stackWith(StackOptions options, Component component, Map<String, String> environment) {
        var other = options;
        for (var variable : environment.entrySet()) {
            other = other.withEnvironment(component, variable.getKey(), variable.getValue());
        }
        return Stack.attach(other);
    }

    /**
     * Starts a second audit service beside the first, as the next pod of its StatefulSet would: with the same certificate, keys and secrets, and with a name, ports,
     * a journal and published checkpoints of its own. Close what this returns.
     *
     * @param environment variables that it has besides
     */
    public Stack startSecondStore(Map<String, String> environment) {
        var other = options.withDirectory(SECOND)
                .withPorts(stack.addresses().ports().apart(Component.AUDIT_SERVICE))
                .withComponents(Set.of(Component.AUDIT_SERVICE))
                .withEnvironment(Component.AUDIT_SERVICE, "DEEPSUITE_JOURNAL_INSTANCE", "second");
        for (var variable : environment.entrySet()) {
            other = other.withEnvironment(Component.AUDIT_SERVICE, variable.getKey(), variable.getValue());
        }
        var first = stack.directory();
        var second = new StackDirectory(SECOND);
        link(second.certificates(), first.certificates());
        link(second.secrets(), first.secrets());
        return Stack.start(other);
    }

    private static void link(Path link, Path target) {
        try {
            if (!Files.exists(link)) {
                Files.createDirectories(link.getParent());
                Files.createSymbolicLink(link, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Certificate and key of the application on whose behalf tests call. */
    public Identity application() {
        return stack.identity("demo-app");
    }

    /** The engine that answers what it was asked. */
    public EchoEngine echo() {
        return echo;
    }

    /** A token of the demo user who has exactly that role, bound to the application's certificate. */
    public String token(Role role) {
        return tokens.of(role);
    }

    /** HTTPS calls with the application's certificate. */
    public Https https() {
        return https(application());
    }

    /** HTTPS calls with another certificate. */
    public Https https(Identity identity) {
        return https.computeIfAbsent(identity, Https::new);
    }

    /** gRPC calls to the service on that port, with the application's certificate. */
    public GrpcFace grpc(Port port) {
        return grpc(port, application());
    }

    /** gRPC calls to the service on that port, with another certificate. */
    public GrpcFace grpc(Port port, Identity identity) {
        return grpc.computeIfAbsent(port + " " + identity.certificate(), _ -> new GrpcFace(number(port), identity));
    }

    /** Chats as role model-user. */
    public Chat chat() {
        return new Chat(this, token(Role.MODEL_USER));
    }

    /** Chats as whoever has that token. */
    public Chat chat(String token) {
        return new Chat(this, token);
    }

    /** Reads the audit events as role auditor. */
    public AuditEvents events() {
        return new AuditEvents(this);
    }

    /** The logs, their checkpoints and exports, read as role auditor. */
    public AuditLogs logs() {
        return new AuditLogs(this);
    }

    /** The offline verifier with what the audit service has published. */
    public Verifier verifier() {
        return verifier(stack.directory());
    }

    /** Everything that lies in the databases. */
    public Databases databases() {
        return new Databases(stack.identity("platform"), number(Port.POSTGRES));
    }

    /** The offline verifier with what an audit service of that directory has published. */
    public Verifier verifier(StackDirectory publisher) {
        return new Verifier(
                publisher.published(), ArchiveJob.directory(stack.directory().root()));
    }

    /** The job that keeps the months of the audit store. */
    public ArchiveJob archiveJob() {
        return new ArchiveJob(this);
    }

    /** The topic of audit events, and that of dead letters. */
    public AuditTopic topic() {
        return new AuditTopic(stack, number(Port.KAFKA));
    }

    /** Number of a port. */
    public int number(Port port) {
        return stack.addresses().ports().of(port);
    }

    @Override
    public void close() {
        grpc.values().forEach(GrpcFace::close);
        https.values().forEach(Https::close);
        echo.close();
        if (!KEPT) {
            stack.close();
        }
    }
}
