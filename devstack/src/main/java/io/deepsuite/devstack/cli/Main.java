package io.deepsuite.devstack.cli;

import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.DevstackException;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
                case "up" -> new UpCommand(options(directory, packaging(arguments)), out).run();
                case "demo" -> new DemoCommand(options(directory, packaging(arguments)), out).run();
                case "down" -> new DownCommand(directory, out).run(arguments.contains("--wipe"));
                case "status" -> new StatusCommand(options(directory, Packaging.JVM), out).run();
                case "token" -> new TokenCommand(new StackDirectory(directory), out).run(arguments);
                case "dead-letters" -> new DeadLettersCommand(options(directory, Packaging.JVM), out).run(arguments);
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

    private static Packaging packaging(List<String> arguments) {
        return arguments.contains("--native") ? Packaging.NATIVE : Packaging.JVM;
    }

    private static StackOptions running(StackOptions options, StackState state, Packaging wanted) {
        if (wanted == Packaging.NATIVE && state.packaging() != wanted) {
            throw new DevstackException("the stack runs on JVMs; ./deepsuite down, then up --native");
        }
        return options.withPorts(state.ports()).withPackaging(state.packaging());
    }

    /** Ports of a stack that was started before stay, as its databases hold addresses; a new one takes the documented ones, moved by the environment's offset. */
    private static StackOptions options(Path directory, Packaging packaging) {
        var options = StackOptions.launcher(directory).withPackaging(packaging);
        var stack = new StackDirectory(directory);
        var offset = Optional.ofNullable(System.getenv(PORT_OFFSET));
        var wanted = offset.map(Main::shifted);
        if (!StackState.exists(stack)) {
            return options.withPorts(wanted.orElseGet(Ports::standard));
        }
        var state = StackState.load(stack);
        if (wanted.filter(ports -> !ports.equals(state.ports())).isPresent()) {
            throw new DevstackException(
                    "%s: %s, but the stack in %s was made on other ports; leave the variable out, or start anew with ./deepsuite down --wipe"
                            .formatted(PORT_OFFSET, offset.get(), directory));
        }
        return new io.deepsuite.devstack.process.ProcessTable(stack).anyAlive()
                ? running(options, state, packaging)
                : options.withPorts(state.ports());
    }

    private static Ports shifted(String offset) {
        try {
            return Ports.shifted(Integer.parseInt(offset));
        } catch (IllegalArgumentException e) {
            throw new DevstackException(
                    PORT_OFFSET + ": " + offset + " (expected: a number that keeps all ports from 1 to 65535)", e);
        }
    }
}
