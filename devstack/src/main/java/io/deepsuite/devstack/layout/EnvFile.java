package io.deepsuite.devstack.layout;

import java.util.Map;
import java.util.stream.Collectors;

/** Text of a file that a POSIX shell can source. */
public final class EnvFile {
    private EnvFile() {}

    /** One exported variable a line, each value in single quotes. */
    public static String text(Map<String, String> variables) {
        return variables.entrySet().stream()
                .map(variable -> "export " + variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }
}
