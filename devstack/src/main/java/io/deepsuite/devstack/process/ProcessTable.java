package io.deepsuite.devstack.process;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The processes of one stack, known by their files, so that a later command finds what an earlier one started. */
public final class ProcessTable {
    private static final long LARGEST_LOG_BYTES = 32L << 20;
    private static final int LOG_TAIL_LINES = 8;

    private final StackDirectory directory;

    /** What this JVM started; only of its own children does a process learn how they ended. */
    private final Map<Component, Process> started = new ConcurrentHashMap<>();

    public ProcessTable(StackDirectory directory) {
        this.directory = directory;
    }

    /**
     * Starts a process that outlives this one, its output appended to its log.
     *
     * @throws DevstackException if the program cannot be started
     */
    public ProcessHandle start(Component component, ProcessSpec spec) {
        try {
            Files.createDirectories(spec.workingDirectory());
            var log = directory.log(component);
            rotate(log);
            var builder = new ProcessBuilder(Commands.detached(spec.command()))
                    .directory(spec.workingDirectory().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(spec.environment());
            var process = builder.start();
            started.put(component, process);
            remember(component, process.toHandle());
            return process.toHandle();
        } catch (IOException e) {
            throw new DevstackException(component.processName() + " does not start: " + e.getMessage(), e);
        }
    }

    /** Keeps who a component is, for later commands. */
    public void remember(Component component, ProcessHandle process) throws IOException {
        var identity = ProcessIdentity.of(process)
                .map(ProcessIdentity::toString)
                .orElseThrow(() -> new DevstackException(
                        component.processName() + " ended at once; see " + directory.log(component) + tail(component)));
        write(identityFile(component), identity);
        write(pidFile(component), Long.toString(process.pid()));
    }

    /** The living process of a component; empty if it does not run. */
    public Optional<ProcessHandle> find(Component component) {
        var file = identityFile(component);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return ProcessIdentity.parse(StackDirectory.read(file)).flatMap(ProcessIdentity::find);
    }

    /** Whether any component runs. */
    public boolean anyAlive() {
        return Arrays.stream(Component.values())
                .anyMatch(component -> find(component).isPresent());
    }

    /** Whether the component was started and not stopped since, be it alive or not. */
    public boolean isExpected(Component component) {
        return Files.exists(identityFile(component));
    }

    /**
     * Ends a component: asks it to, waits, insists. Does nothing if it does not run.
     *
     * @return whether it ended by itself within the time
     */
    public boolean stop(Component component, Duration patience) {
        var process = find(component);
        boolean gently = true;
        if (process.isPresent()) {
            process.get().destroy();
            gently = ended(process.get(), patience);
            if (!gently) {
                process.get().destroyForcibly();
                ended(process.get(), Duration.ofSeconds(10));
            }
        }
        forget(component);
        return gently;
    }

    /** Ends a component at once, as a crash would, and waits until it is gone. */
    public void kill(Component component) {
        find(component).ifPresent(process -> {
            process.destroyForcibly();
            ended(process, Duration.ofSeconds(10));
        });
    }

    /** How the component's latest process ended; empty if it runs, or if another JVM started it. */
    public OptionalInt exitCode(Component component) {
        var process = started.get(component);
        return process == null || process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** Drops the files of a component that is gone. */
    public void forget(Component component) {
        try {
            Files.deleteIfExists(pidFile(component));
            Files.deleteIfExists(identityFile(component));
        } catch (IOException e) {
            throw new DevstackException("cannot delete " + pidFile(component) + ": " + e.getMessage(), e);
        }
    }

    /** The last lines of a component's log, each indented on a line of its own, starting with a line end; empty if there are none. */
    public String tail(Component component) {
        var last = new ArrayDeque<String>();
        try (var lines = Files.lines(directory.log(component), java.nio.charset.StandardCharsets.ISO_8859_1)) {
            lines.filter(line -> !line.isBlank()).forEach(line -> {
                if (last.size() == LOG_TAIL_LINES) {
                    last.removeFirst();
                }
                last.addLast("\n    " + (line.length() > 300 ? line.substring(0, 300) + "…" : line));
            });
        } catch (IOException | java.io.UncheckedIOException _) {
            return "";
        }
        return String.join("", last);
    }

    private static boolean ended(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DevstackException("interrupted while waiting for process " + process.pid(), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LARGEST_LOG_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void write(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        var draft = file.resolveSibling("." + file.getFileName());
        Files.write(draft, List.of(line));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path pidFile(Component component) {
        return directory.pids().resolve(component.processName() + ".pid");
    }

    private Path identityFile(Component component) {
        return directory.identities().resolve(component.processName());
    }
}
