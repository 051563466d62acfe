package io.deepsuite.audit.proof;

import io.deepsuite.audit.parameter.QueryParameters;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Reads the parameters of calls about logs. Strict, as those of queries: unknown, empty and repeated ones are refused by name. */
final class LogRequestReader {

    private static final int MAX_DIGITS = 18;

    private final Map<String, List<String>> parameters;

    /**
     * @param parameters decoded query parameters
     * @param known names that the call takes
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} for any other
     */
    LogRequestReader(Map<String, List<String>> parameters, Set<String> known) {
        this.parameters = parameters;
        QueryParameters.refuseUnknown(parameters, known);
    }

    /** The number of a log in a path. @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} */
    static int log(String text) {
        return (int) parse("log", text, 0, Integer.MAX_VALUE);
    }

    /** The size of a checkpoint in a path. @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} */
    static long size(String text) {
        return parse("size", text, 1, Long.MAX_VALUE);
    }

    /**
     * A number, if it is given.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is none, or out of range
     */
    OptionalLong number(String name, long min, long max) {
        var given = parameters.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return OptionalLong.empty();
        }
        if (given.size() > 1) {
            throw invalid(name, given.size() + " values", "one value");
        }
        return OptionalLong.of(parse(name, given.getFirst(), min, max));
    }

    /** Whether the parameter is given. */
    boolean has(String name) {
        return parameters.containsKey(name);
    }

    static DeepsuiteException invalid(String parameter, String value, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(parameter, QueryParameters.shown(value), expected),
                Map.of("parameter", parameter));
    }

    private static long parse(String name, String text, long min, long max) {
        if (!text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        }
        throw invalid(name, text, max == Long.MAX_VALUE ? "a number from " + min : min + " to " + max);
    }
}
