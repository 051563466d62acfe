package io.deepsuite.devstack.process;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How to start a process.
 *
 * @param command program and arguments; no secrets, as everybody on the machine can read them
 * @param environment added to the environment of the launcher
 * @param workingDirectory exists before the start
 */
public record ProcessSpec(List<String> command, Map<String, String> environment, Path workingDirectory) {
    public ProcessSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("command: empty (expected: at least a program)");
        }
    }

    /** The same with these environment variables too; one that is there already gets the new value. */
    public ProcessSpec with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new ProcessSpec(command, all, workingDirectory);
    }

    /** The same with words before the command. */
    public ProcessSpec after(List<String> prefix) {
        return new ProcessSpec(
                Stream.concat(prefix.stream(), command.stream()).toList(), environment, workingDirectory);
    }
}
