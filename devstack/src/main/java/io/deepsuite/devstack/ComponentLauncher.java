package io.deepsuite.devstack;

import io.deepsuite.devstack.certificate.CertificateAuthority;
import io.deepsuite.devstack.engine.EngineProcess;
import io.deepsuite.devstack.kafka.KafkaServer;
import io.deepsuite.devstack.kafka.KafkaSetup;
import io.deepsuite.devstack.keycloak.KeycloakServer;
import io.deepsuite.devstack.layout.Addresses;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.postgres.Migrations;
import io.deepsuite.devstack.postgres.PostgresServer;
import io.deepsuite.devstack.process.Probe;
import io.deepsuite.devstack.process.ProcessSpec;
import io.deepsuite.devstack.process.ProcessTable;
import io.deepsuite.devstack.process.Readiness;
import io.deepsuite.devstack.redis.RedisServer;
import io.deepsuite.devstack.service.ServiceProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Knows how each component is prepared, started, found ready and stopped. */
final class ComponentLauncher {
    private static final Duration INFRASTRUCTURE_BOUND = Duration.ofMinutes(6);
    private static final Duration SERVICE_BOUND = Duration.ofMinutes(5);

    private final StackOptions options;
    private final StackDirectory directory;
    private final ProcessTable processes;
    private final CertificateAuthority authority;
    private final Readiness readiness;
    private final HttpClient plain = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    ComponentLauncher(
            StackOptions options, StackDirectory directory, ProcessTable processes, CertificateAuthority authority) {
        this.options = options;
        this.directory = directory;
        this.processes = processes;
        this.authority = authority;
        this.readiness = new Readiness(directory, processes);
    }

    /** Starts components side by side where they do not need each other; returns when all are ready. */
    void startInWaves(Set<Component> components) {
        for (var services : List.of(false, true)) {
            together(components.stream()
                    .filter(component -> services == (component.kind() == Component.Kind.SERVICE))
                    .toList());
        }
    }

    /** Starts one component that does not run, without waiting for it; an engine starts with its supervisor. */
    void start(Component component) {
        if (component.supervised()) {
            start(Component.ENGINE_SUPERVISOR);
        } else if (processes.find(component).isEmpty()) {
            prepare(component);
            processes.start(component, spec(component));
        }
    }

    void kill(Component component) {
        var workers = component == Component.POSTGRES
                ? processes.find(component).stream()
                        .flatMap(ProcessHandle::descendants)
                        .toList()
                : List.<ProcessHandle>of();
        processes.kill(component);
        // The workers of a dead server end by themselves, a moment later; a new server must not meet them.
        workers.forEach(ProcessHandle::destroyForcibly);
        workers.forEach(worker -> worker.onExit().join());
    }

    void awaitReady(Component component) {
        var bound = component.kind() == Component.Kind.INFRASTRUCTURE ? INFRASTRUCTURE_BOUND : SERVICE_BOUND;
        readiness.await(component, bound, () -> setUp(component));
        if (component == Component.POSTGRES) {
            migrations().run();
        }
    }

    /** Whether a component answers, without changing anything. */
    boolean isReady(Component component) {
        return switch (component) {
            case POSTGRES -> Probe.accepts(options.ports().of(Port.POSTGRES));
            case KAFKA -> Probe.accepts(options.ports().of(Port.KAFKA));
            case KEYCLOAK -> keycloakAnswers();
            case REDIS -> redis().answers();
            case ENGINE_SUPERVISOR -> true;
            default -> Probe.answersOk(plain, URI.create(addresses().management(component) + "/ready"));
        };
    }

    /** Like {@link #isReady(Component)}, and makes what must be there for others to use the component. */
    private boolean setUp(Component component) {
        return switch (component) {
            case POSTGRES -> isReady(component) && migrations().serverAnswers();
            case KAFKA ->
                isReady(component)
                        && new KafkaSetup(
                                        authority.identity("platform"),
                                        options.ports().of(Port.KAFKA))
                                .complete();
            default -> isReady(component);
        };
    }

    private void together(Collection<Component> components) {
        if (components.isEmpty()) {
            return;
        }
        var tasks = new ArrayList<Callable<Void>>();
        for (var component : components) {
            tasks.add(() -> {
                long start = System.nanoTime();
                if (!component.supervised()) {
                    start(component);
                }
                awaitReady(component);
                options.progress()
                        .say("%-20s ready after %.1f s"
                                .formatted(component.processName(), (System.nanoTime() - start) / 1e9));
                return null;
            });
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var results = new ExecutorCompletionService<Void>(executor);
            tasks.forEach(results::submit);
            try {
                for (int done = 0; done < tasks.size(); done++) {
                    results.take().get();
                }
            } catch (ExecutionException | InterruptedException e) {
                // The first failure is the one to show; the others need not be waited for.
                executor.shutdownNow();
                throw reason(e);
            }
        }
    }

    private static DevstackException reason(Exception e) {
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return new DevstackException("interrupted", e);
        }
        return e.getCause() instanceof DevstackException known
                ? known
                : new DevstackException("unexpected: " + e.getCause(), e);
    }

    private void prepare(Component component) {
        switch (component) {
            case POSTGRES -> postgres().prepare();
            case KAFKA -> kafka().prepare();
            case KEYCLOAK -> {
                if (!keycloak().isBuilt()) {
                    options.progress().say("%-20s is built, once for this checkout".formatted("keycloak"));
                }
                keycloak().prepare();
            }
            case REDIS -> redis().prepare();
            case ENGINE_SUPERVISOR -> requireBuilt("local-engine");
            default -> {
                switch (options.packaging()) {
                    case JVM -> requireBuilt(component.processName());
                    case NATIVE -> options.installation().executable(component.processName());
                }
            }
        }
    }

    private ProcessSpec spec(Component component) {
        var spec = switch (component) {
            case POSTGRES -> postgres().spec();
            case KAFKA -> kafka().spec();
            case KEYCLOAK -> keycloak().spec();
            case REDIS -> redis().spec();
            case ENGINE_SUPERVISOR ->
                new EngineProcess(directory, options.installation(), options.ports()).supervisor();
            default ->
                new ServiceProcess(directory, options.installation(), options.ports(), options.packaging())
                        .spec(component, authority.identity(component.processName()));
        };
        return spec.with(options.environment().getOrDefault(component, Map.of()))
                .after(options.prefixes().getOrDefault(component, List.of()));
    }

    private void requireBuilt(String module) {
        var jar = options.installation().runnableJar(module);
        if (!Files.exists(jar)) {
            throw new DevstackException(module + " is not built: no " + jar);
        }
    }

    private boolean keycloakAnswers() {
        if (!Probe.accepts(options.ports().of(Port.KEYCLOAK))) {
            return false;
        }
        try (var client = HttpClient.newBuilder()
                .sslContext(authority.identity("platform").sslContext())
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build()) {
            return keycloak().answers(client);
        }
    }

    private Addresses addresses() {
        return new Addresses(options.ports());
    }

    private Migrations migrations() {
        return new Migrations(
                options.installation(),
                authority.identity("platform"),
                options.ports().of(Port.POSTGRES));
    }

    private PostgresServer postgres() {
        return new PostgresServer(
                directory,
                options.installation(),
                authority.identity("postgres"),
                options.ports().of(Port.POSTGRES));
    }

    private KafkaServer kafka() {
        return new KafkaServer(
                directory,
                options.installation(),
                authority.identity("kafka"),
                options.ports().of(Port.KAFKA),
                options.ports().of(Port.KAFKA_CONTROLLER));
    }

    private KeycloakServer keycloak() {
        return new KeycloakServer(
                directory,
                options.installation(),
                authority.identity("keycloak"),
                options.ports().of(Port.KEYCLOAK),
                new Addresses(options.ports()).audit(),
                options.testClients());
    }

    private RedisServer redis() {
        return new RedisServer(
                directory, options.installation(), options.ports().of(Port.REDIS));
    }
}
