package io.deepsuite.audit.console;

import jakarta.ws.rs.core.MultivaluedMap;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The filters of a search as a form has them.
 *
 * @param parameters what was filled in, in the names and forms of the REST method; nothing empty
 */
record SearchForm(SequencedMap<String, List<String>> parameters) {

    private static final String PAGE_TOKEN = "pageToken";
    private static final Pattern WITHOUT_SECONDS = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d");
    private static final Pattern WITHOUT_ZONE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,3})?");

    /** Reads a form. Browsers send empty fields, too, and times without a zone: those are UTC, as the page says. */
    static SearchForm of(MultivaluedMap<String, String> sent) {
        SequencedMap<String, List<String>> parameters = new LinkedHashMap<>();
        sent.forEach((name, values) -> {
            var given = values.stream()
                    .map(String::strip)
                    .filter(value -> !value.isEmpty())
                    .map(value -> name.equals("from") || name.equals("to") ? inUtc(value) : value)
                    .toList();
            if (!given.isEmpty()) {
                parameters.put(name, given);
            }
        });
        return new SearchForm(parameters);
    }

    /** The same with a number of events per page, unless it has one. */
    Map<String, List<String>> limited(int pageSize) {
        Map<String, List<String>> limited = new LinkedHashMap<>(parameters);
        limited.putIfAbsent("limit", List.of(Integer.toString(pageSize)));
        return limited;
    }

    /** Whether it leads behind the first page. */
    boolean isContinued() {
        return parameters.containsKey(PAGE_TOKEN);
    }

    /** Names of the filters that were filled in. */
    List<String> names() {
        return parameters.keySet().stream().sorted().toList();
    }

    /** Value of a filter; empty when it was not filled in. */
    String value(String name) {
        return parameters.getOrDefault(name, List.of("")).getFirst();
    }

    /** The filters as a query, without the page. */
    String query() {
        return query(Map.of());
    }

    /** The filters as a query that leads to another page. */
    String query(String pageToken) {
        return query(Map.of(PAGE_TOKEN, List.of(pageToken)));
    }

    private String query(Map<String, List<String>> more) {
        var all = new LinkedHashMap<>(parameters);
        all.remove(PAGE_TOKEN);
        all.putAll(more);
        return all.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(value -> encode(entry.getKey()) + "=" + encode(value)))
                .collect(Collectors.joining("&"));
    }

    /** The filters as fields of the form: those that most searches need. */
    List<Field> mainFields() {
        return List.of(
                time("from", "From (UTC)"),
                time("to", "To (UTC)"),
                text("actor", "Actor", "name or id"),
                text("action", "Action", "inference.chat"),
                choice("outcome", "Outcome", List.of("SUCCESS", "FAILURE")));
    }

    /** The other filters. */
    List<Field> moreFields() {
        return List.of(
                choice("operation", "Operation", List.of("CREATE", "READ", "UPDATE", "DELETE")),
                choice("actorType", "Kind of actor", List.of("USER", "SERVICE_ACCOUNT", "UNSPECIFIED")),
                text("reason", "Reason", "ROLE_MISSING"),
                text("resourceType", "Kind of resource", "model"),
                text("resourceId", "Resource", "its id"),
                text("service", "Service", "model-service"),
                text("namespace", "Namespace", ""),
                text("requestId", "Request id", ""),
                text("traceId", "Trace id", ""));
    }

    /** Whether one of the other filters is filled in. */
    boolean hasMore() {
        return moreFields().stream().anyMatch(field -> !field.value().isEmpty());
    }

    private Field text(String name, String label, String hint) {
        return new Field(name, label, "text", hint, value(name), List.of());
    }

    private Field time(String name, String label) {
        var value = value(name);
        return new Field(
                name,
                label,
                "datetime-local",
                "",
                value.endsWith("Z") ? value.substring(0, value.length() - 1) : value,
                List.of());
    }

    private Field choice(String name, String label, List<String> words) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", "any", value(name).isEmpty()));
        words.forEach(word -> choices.add(new Choice(word, word, word.equals(value(name)))));
        return new Field(name, label, "choice", "", value(name), choices);
    }

    private static String inUtc(String time) {
        if (WITHOUT_SECONDS.matcher(time).matches()) {
            return time + ":00Z";
        }
        return WITHOUT_ZONE.matcher(time).matches() ? time + "Z" : time;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * One field.
     *
     * @param kind type of the input element, or a list of words
     * @param hint example of a value
     * @param choices words to choose from
     */
    public record Field(String name, String label, String kind, String hint, String value, List<Choice> choices) {

        /** Whether it is chosen from words. */
        public boolean isChoice() {
            return kind.equals("choice");
        }
    }

    /**
     * A word to choose.
     *
     * @param value what is sent
     * @param label what is shown
     */
    public record Choice(String value, String label, boolean selected) {}
}
