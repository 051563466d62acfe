package io.deepsuite.audit.parameter;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What holds for the query parameters of every call: one that is not known is refused by name, so that a mistyped one never goes unnoticed. */
public final class QueryParameters {

    private static final int MAX_SHOWN = 64;

    private QueryParameters() {}

    /**
     * Refuses what the call does not take.
     *
     * @param parameters decoded, by name
     * @param known names that the call takes; empty when it takes none
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} naming the parameter and what is expected
     */
    public static void refuseUnknown(Map<String, ?> parameters, Set<String> known) {
        for (var name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw new DeepsuiteException(
                        ErrorReason.VALUE_INVALID,
                        "parameter: %s (expected: %s)"
                                .formatted(
                                        shown(name),
                                        known.isEmpty() ? "none" : "one of " + String.join(", ", new TreeSet<>(known))),
                        Map.of("parameter", shown(name)));
            }
        }
    }

    /** What is repeated to the caller: short, visible characters only. */
    public static String shown(String value) {
        var visible = value.codePoints()
                .limit(MAX_SHOWN)
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "\"" + visible + "\"";
    }
}
