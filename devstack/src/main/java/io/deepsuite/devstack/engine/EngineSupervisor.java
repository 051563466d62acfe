package io.deepsuite.devstack.engine;

import io.deepsuite.devstack.layout.Installation;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import io.deepsuite.devstack.process.Backoff;
import io.deepsuite.devstack.process.Commands;
import io.deepsuite.devstack.process.ProcessSpec;
import io.deepsuite.devstack.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Main class of the supervisor's process: one thread for each engine starts it, sees it end, says so and starts it again. Arguments:
 * the stack's directory and the checkout.
 */
public final class EngineSupervisor {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final StackDirectory directory;
    private final EngineProcess engines;
    private final ProcessTable processes;
    private final InstantSource clock = InstantSource.system();
    private final CountDownLatch stopping = new CountDownLatch(1);

    private EngineSupervisor(StackDirectory directory, EngineProcess engines) {
        this.directory = directory;
        this.engines = engines;
        this.processes = new ProcessTable(directory);
    }

    /** Runs until the process is asked to end, and ends the engines then. */
    public static void main(String[] arguments) throws InterruptedException {
        var directory = new StackDirectory(Path.of(arguments[0]));
        var installation = new Installation(Path.of(arguments[1]));
        var ports = StackState.load(directory).ports();
        var supervisor = new EngineSupervisor(directory, new EngineProcess(directory, installation, ports));
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop, "stop"));
        // Platform threads that live as long as the process: an engine is ended by the system when the thread that
        // started it ends.
        var threads = Arrays.stream(DemoModel.values())
                .map(model ->
                        Thread.ofPlatform().name(model.engine().processName()).start(() -> supervisor.supervise(model)))
                .toList();
        for (var thread : threads) {
            thread.join();
        }
    }

    private void supervise(DemoModel model) {
        var name = model.engine().processName();
        var backoff = Backoff.none();
        // An engine of a supervisor that was killed: where the system did not end it, this does.
        processes.stop(model.engine(), PATIENCE);
        try {
            while (!stopping.await(backoff.delay().toMillis(), TimeUnit.MILLISECONDS)) {
                var start = clock.instant();
                var process = start(model);
                say(name + " started, process " + process.pid());
                int exitCode = process.waitFor();
                if (stopping.getCount() == 0) {
                    return;
                }
                var life = Duration.between(start, clock.instant());
                backoff = backoff.after(life);
                say("%s ended with exit code %d after %.1f s; next start in %d ms; its log: %s"
                        .formatted(
                                name,
                                exitCode,
                                life.toMillis() / 1000.0,
                                backoff.delay().toMillis(),
                                directory.log(model.engine())));
            }
        } catch (IOException e) {
            say(name + " cannot be started: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(DemoModel model) throws IOException {
        ProcessSpec spec = engines.engine(model);
        Files.createDirectories(spec.workingDirectory());
        var builder = new ProcessBuilder(Commands.boundToParent(spec.command()))
                .directory(spec.workingDirectory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.log(model.engine()).toFile()));
        builder.environment().putAll(spec.environment());
        var process = builder.start();
        processes.remember(model.engine(), process.toHandle());
        return process;
    }

    private void stop() {
        stopping.countDown();
        for (var model : DemoModel.values()) {
            processes.find(model.engine()).ifPresent(ProcessHandle::destroy);
        }
        for (var model : DemoModel.values()) {
            processes.stop(model.engine(), PATIENCE);
        }
    }

    private void say(String line) {
        System.out.println(clock.instant() + " " + line);
    }
}
