package io.deepsuite.audit.replay;

import io.deepsuite.audit.event.EventFault;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which dead letters are wanted.
 *
 * @param reason only those put aside for it
 * @param from first place, inclusive
 * @param to last place, inclusive
 * @param limit how many at most, from 1
 */
record LetterRequest(Optional<EventFault> reason, LetterPlace from, LetterPlace to, int limit) {

    static final int MAX_LIST = 500;
    static final int MAX_REPLAY = 100;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_SHOWN = 64;
    private static final List<String> PARAMETERS = List.of("from", "limit", "reason", "to");

    /** Reads the parameters of a list. @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID}, naming what is wrong and what is expected */
    static LetterRequest list(Map<String, List<String>> parameters) {
        return read(parameters, MAX_LIST);
    }

    /** The same for a replay, which takes nothing without being told what. @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} */
    static LetterRequest replay(Map<String, List<String>> parameters) {
        var request = read(parameters, MAX_REPLAY);
        if (!parameters.containsKey("reason") && !(parameters.containsKey("from") && parameters.containsKey("to"))) {
            throw invalid("reason", "none", "a reason, or from and to");
        }
        return request;
    }

    boolean wants(KeptLetter letter) {
        return reason.map(fault -> fault.name().equals(letter.reason())).orElse(true);
    }

    private static LetterRequest read(Map<String, List<String>> parameters, int maxLimit) {
        parameters.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw invalid("parameter", name, "one of " + String.join(", ", PARAMETERS));
                });
        var from = place(parameters, "from").orElse(LetterPlace.FIRST);
        var to = place(parameters, "to").orElse(LetterPlace.LAST);
        if (to.compareTo(from) < 0) {
            throw invalid("to", to.toString(), "not before from, " + from);
        }
        return new LetterRequest(
                single(parameters, "reason").map(LetterRequest::fault), from, to, limit(parameters, maxLimit));
    }

    private static EventFault fault(String name) {
        return Arrays.stream(EventFault.values())
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "reason",
                        name,
                        Arrays.stream(EventFault.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static Optional<LetterPlace> place(Map<String, List<String>> parameters, String name) {
        return single(parameters, name)
                .map(text -> LetterPlace.parse(text)
                        .orElseThrow(() -> invalid(name, text, "partition-offset, such as 0-17")));
    }

    private static int limit(Map<String, List<String>> parameters, int max) {
        return single(parameters, "limit")
                .map(text -> {
                    int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
                    if (limit < 1 || limit > max) {
                        throw invalid("limit", text, "1 to " + max);
                    }
                    return limit;
                })
                .orElse(DEFAULT_LIMIT);
    }

    private static Optional<String> single(Map<String, List<String>> parameters, String name) {
        var given = parameters.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw invalid(name, given.size() + " values", "one value");
        }
        return given.stream().findFirst();
    }

    private static DeepsuiteException invalid(String parameter, String value, String expected) {
        var shown = value.codePoints()
                .limit(MAX_SHOWN)
                .map(point -> Character.isISOControl(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: \"%s\" (expected: %s)".formatted(parameter, shown, expected),
                Map.of("parameter", parameter));
    }
}
