package io.deepsuite.devstack;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Progress;
import io.deepsuite.devstack.process.ProcessTable;
import io.deepsuite.devstack.process.Signals;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;

/** Ends components in reverse order: those that use others first, those of one kind side by side. */
public final class StackShutdown {
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private final ProcessTable processes;

    /** @param processes of the stack to end */
    public StackShutdown(ProcessTable processes) {
        this.processes = processes;
    }

    /** Ends the components that run, and forgets those that died. */
    public void run(Set<Component> components, Progress progress) {
        // The services write to Kafka and PostgreSQL until their end; audit-service reads what the others write.
        for (var wave : List.of(Component.Kind.SERVICE, Component.Kind.ENGINE, Component.Kind.INFRASTRUCTURE)) {
            var members = components.stream()
                    .filter(component -> component.kind() == wave && !component.supervised())
                    .toList();
            together(members, progress);
        }
        components.stream().filter(Component::supervised).forEach(engine -> processes.stop(engine, PATIENCE));
    }

    /** Ends one component. */
    void stop(Component component) {
        processes.find(component).ifPresent(process -> {
            // A frozen process would not see the request to end.
            Signals.send(process, "CONT");
            if (component == Component.POSTGRES) {
                // Ends its sessions; on SIGTERM it would wait for its clients.
                Signals.send(process, "INT");
            }
        });
        processes.stop(component, PATIENCE);
    }

    private void together(Collection<Component> members, Progress progress) {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var component : members) {
                if (!processes.isExpected(component)) {
                    continue;
                }
                executor.execute(() -> {
                    long start = System.nanoTime();
                    stop(component);
                    progress.say("%-20s stopped after %.1f s"
                            .formatted(component.processName(), (System.nanoTime() - start) / 1e9));
                });
            }
        }
    }
}
