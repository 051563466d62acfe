package io.deepsuite.jobkit;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Environment variables of a job. Each method throws {@link IllegalArgumentException} naming the variable, its value and what is expected.
 *
 * @param variables by name
 */
public record JobEnvironment(Map<String, String> variables) {

    public JobEnvironment {
        variables = Map.copyOf(variables);
    }

    /** A variable that has to be set, and not blank. */
    public String required(String name) {
        var value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + " is not set");
        }
        return value;
    }

    /** A variable that may be set. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A file or folder. */
    public Path path(String name, String otherwise) {
        return Path.of(variables.getOrDefault(name, otherwise));
    }

    /** A whole number from the least to the most. */
    public int number(String name, int otherwise, int least, int most) {
        var value = variables.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below, like a number that is out of bounds
        }
        throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
    }
}
