package io.deepsuite.devstack.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Arguments of the command about dead letters.
 *
 * @param replay whether to send them again; else they are listed
 * @param parameters of the call: reason, from, to
 */
record DeadLettersRequest(boolean replay, Map<String, String> parameters) {

    DeadLettersRequest {
        parameters = Map.copyOf(parameters);
    }

    /** Reads the arguments; empty if they are none that the command takes. What values may be is the service's to say. */
    static Optional<DeadLettersRequest> read(List<String> arguments) {
        var verb = arguments.isEmpty() ? "" : arguments.getFirst();
        if (!List.of("list", "replay").contains(verb) || arguments.size() % 2 == 0) {
            return Optional.empty();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (int i = 1; i < arguments.size(); i += 2) {
            var value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--reason" -> parameters.put("reason", value);
                case "--from" -> parameters.put("from", value);
                case "--to" -> parameters.put("to", value);
                case "--only" -> {
                    parameters.put("from", value);
                    parameters.put("to", value);
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        boolean told = parameters.containsKey("reason") || parameters.keySet().containsAll(List.of("from", "to"));
        return verb.equals("list") || told
                ? Optional.of(new DeadLettersRequest(verb.equals("replay"), parameters))
                : Optional.empty();
    }

    /**
     * Query of one page.
     *
     * @param from id to go on from; empty for the first page
     */
    String query(String from) {
        Map<String, String> page = new LinkedHashMap<>(parameters);
        if (!from.isEmpty()) {
            page.put("from", from);
        }
        return page.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
