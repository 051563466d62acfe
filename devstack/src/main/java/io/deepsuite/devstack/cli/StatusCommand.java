package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Port;
import io.deepsuite.devstack.process.ResidentMemory;
import java.io.PrintStream;
import java.util.Locale;

/** A table of all processes. */
final class StatusCommand {
    private final StackOptions options;
    private final PrintStream out;

    StatusCommand(StackOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /** Returns 0 if everything is ready, else 1. */
    int run() {
        if (!java.nio.file.Files.isDirectory(options.directory())) {
            throw new DevstackException("nothing was started (./deepsuite up does)");
        }
        var stack = Stack.open(options);
        var states = stack.states();
        long total = 0;
        out.printf("%-20s %8s %6s  %-9s %9s%n", "name", "pid", "port", "state", "memory");
        for (var component : Component.values()) {
            var process = stack.process(component);
            long bytes = process.map(running -> memory(component, running)).orElse(0L);
            total += bytes;
            out.printf(
                    "%-20s %8s %6s  %-9s %9s%n",
                    component.processName(),
                    process.map(running -> Long.toString(running.pid())).orElse("-"),
                    Port.of(component).stream()
                            .findFirst()
                            .map(port -> Integer.toString(options.ports().of(port)))
                            .orElse("-"),
                    states.getOrDefault(component, Stack.State.STOPPED).name().toLowerCase(Locale.ROOT),
                    megabytes(bytes));
        }
        out.printf("%-20s %8s %6s  %-9s %9s%n", "", "", "", "", megabytes(total));
        return states.values().stream().allMatch(state -> state == Stack.State.READY) ? 0 : 1;
    }

    private static long memory(Component component, ProcessHandle process) {
        // PostgreSQL's workers belong to it; the supervisor's engines have lines of their own.
        return component == Component.POSTGRES
                ? ResidentMemory.bytesWithChildren(process)
                : ResidentMemory.bytes(process);
    }

    private static String megabytes(long bytes) {
        return bytes == 0 ? "-" : (bytes >> 20) + " MiB";
    }
}
