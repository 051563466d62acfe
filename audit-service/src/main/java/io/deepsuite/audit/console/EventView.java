package io.deepsuite.audit.console;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * An event as a page shows it.
 *
 * @param time when it happened
 * @param outcome {@code SUCCESS}, {@code FAILURE}, or {@code INTENT} while the outcome is not known
 * @param resource type and id of what was acted on
 */
public record EventView(
        String id,
        Instant time,
        String actor,
        String actorKind,
        String operation,
        String action,
        String resource,
        String outcome,
        String reason,
        String service,
        String json) {

    static final String SUCCESS = "SUCCESS";
    static final String FAILURE = "FAILURE";

    /** Reads the proto3 JSON of an event. */
    static EventView of(String json) {
        var event = new JsonObject(json);
        var actor = part(event, "actor");
        var resource = part(event, "resource");
        return new EventView(
                text(event, "id"),
                Instant.parse(text(event, "time")),
                actor(actor),
                word(actor, "type", "ACTOR_TYPE_"),
                word(event, "operation", "OPERATION_"),
                text(event, "action"),
                joined(text(resource, "type"), text(resource, "id")),
                outcome(event),
                text(event, "reason"),
                text(part(event, "source"), "service"),
                json);
    }

    /** Date, UTC. */
    public String date() {
        return time.toString().substring(0, 10);
    }

    /** Time of the day, UTC, to the millisecond. */
    public String clock() {
        var text = time.toString();
        return text.length() >= 23 ? text.substring(11, 23) : text.substring(11, text.length() - 1);
    }

    /** Whether it ended as a failure. */
    public boolean isFailure() {
        return outcome.equals(FAILURE);
    }

    /** The outcome in lower case, for its style. */
    public String style() {
        return outcome.toLowerCase(Locale.ROOT);
    }

    /** All fields with a value, by their path in the JSON, such as {@code actor.id}. */
    List<Fact> facts() {
        var facts = new TreeMap<String, String>();
        collect("", new JsonObject(json), facts);
        List<Fact> listed = new ArrayList<>();
        facts.forEach((name, value) -> listed.add(new Fact(name, value)));
        return listed;
    }

    /** The JSON for people. */
    String pretty() {
        return new JsonObject(json).encodePrettily();
    }

    private static void collect(String prefix, JsonObject object, Map<String, String> facts) {
        object.forEach(entry -> {
            if (entry.getValue() instanceof JsonObject part) {
                collect(prefix + entry.getKey() + ".", part, facts);
            } else {
                facts.put(prefix + entry.getKey(), String.valueOf(entry.getValue()));
            }
        });
    }

    private static String outcome(JsonObject event) {
        var outcome = word(event, "outcome", "OUTCOME_");
        return outcome.isEmpty() ? "INTENT" : outcome;
    }

    private static String actor(JsonObject actor) {
        return switch (word(actor, "personalState", "PERSONAL_STATE_")) {
            case "ERASED" -> "(erased person)";
            case "UNAVAILABLE" -> "(person not readable)";
            default -> text(actor, "name").isEmpty() ? text(actor, "id") : text(actor, "name");
        };
    }

    private static JsonObject part(JsonObject event, String name) {
        return event.getJsonObject(name, new JsonObject());
    }

    private static String text(JsonObject object, String name) {
        return object.getString(name, "");
    }

    private static String word(JsonObject object, String name, String prefix) {
        var word = text(object, name);
        return word.startsWith(prefix) ? word.substring(prefix.length()) : word;
    }

    private static String joined(String type, String id) {
        return id.isEmpty() ? type : type + " " + id;
    }

    /** A field and its value. */
    public record Fact(String name, String value) {}
}
