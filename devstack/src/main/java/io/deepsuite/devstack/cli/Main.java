package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Main class behind the launcher script. Arguments: the stack's directory, the command, its arguments. Exit codes: 0 done, 1 failed with the
 * reason on the error stream, 2 called wrongly.
 */
public final class Main {
    /** Environment variable: how much higher than documented all ports are at the first start; default 0. */
    private static final String PORT_OFFSET = "DEEPSUITE_PORT_OFFSET";

    private static final Logger LIBRARIES = Logger.getLogger("");

    private Main() {}

    /** Runs one command. */
    public static void main(String[] arguments) {
        LIBRARIES.setLevel(Level.SEVERE);
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(
                Path.of(arguments[0]), arguments[1], Arrays.asList(arguments).subList(2, arguments.length), out));
    }

    private static int run(Path directory, String command, List<String> arguments, PrintStream out) {
        try {
            return switch (command) {
                case "up" -> new UpCommand(options(directory), out).run();
                case "demo" -> new DemoCommand(options(directory), out).run();
                case "down" -> new DownCommand(directory, out).run(arguments.contains("--wipe"));
                case "status" -> new StatusCommand(options(directory), out).run();
                case "token" -> new TokenCommand(new StackDirectory(directory), out).run(arguments);
                default -> throw new DevstackException("unknown command: " + command);
            };
        } catch (DevstackException e) {
            System.err.println("deepsuite: " + e.getMessage());
            for (var further : e.getSuppressed()) {
                System.err.println("deepsuite: " + further.getMessage());
            }
            return 1;
        }
    }

    /** Ports of a stack that was started before stay; a new one takes the documented ones, moved by the environment's offset. */
    private static StackOptions options(Path directory) {
        var options = StackOptions.launcher(directory);
        var stack = new StackDirectory(directory);
        if (StackState.exists(stack) && new io.deepsuite.devstack.process.ProcessTable(stack).anyAlive()) {
            return options.withPorts(StackState.load(stack).ports());
        }
        var offset = System.getenv().getOrDefault(PORT_OFFSET, "0");
        try {
            return options.withPorts(Ports.shifted(Integer.parseInt(offset)));
        } catch (IllegalArgumentException e) {
            throw new DevstackException(
                    PORT_OFFSET + ": " + offset + " (expected: a number that keeps all ports from 1 to 65535)", e);
        }
    }
}
