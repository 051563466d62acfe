package io.deepsuite.archive.lifecycle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.archive.lifecycle.LifecycleRule.Action;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code {"rules": [{"prefix": "audit-events/", "age": "30d", "action": "Archive"}]}}, and nothing that looks nearly like it. */
public final class LifecycleReader {

    /** Prefix of the months of the audit store. */
    public static final String AUDIT_EVENTS = "audit-events/";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<String, Action> ACTIONS = Map.of("Archive", Action.ARCHIVE, "Delete", Action.DELETE);

    private static final Set<String> FIELDS = Set.of("prefix", "age", "action");
    private static final Pattern AGE = Pattern.compile("([1-9]\\d{0,3})d");

    private LifecycleReader() {}

    /**
     * Reads rules.
     *
     * @param json at least one rule, and at most one for a prefix and an action
     * @param folders further prefixes that there may be rules for, in the order they are told in
     * @throws IllegalArgumentException naming the value that is refused and what is expected
     */
    public static List<LifecycleRule> read(String json, List<String> folders) {
        JsonNode document;
        try {
            document = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("lifecycle rules: " + e.getOriginalMessage() + " (expected: JSON)", e);
        }
        if (!document.isObject()
                || document.size() != 1
                || !document.path("rules").isArray()) {
            throw refused(
                    "document",
                    document.isObject() ? names(document) : "no object",
                    "an object with rules, a list, alone");
        }
        var prefixes = Stream.concat(Stream.of(AUDIT_EVENTS), folders.stream()).toList();
        var rules = new ArrayList<LifecycleRule>();
        var seen = new HashSet<String>();
        for (var element : document.path("rules")) {
            var place = "rules[" + rules.size() + "]";
            var rule = rule(place, element, prefixes);
            if (!seen.add(rule.prefix() + rule.action())) {
                throw refused(place, rule.prefix(), "one rule for a prefix and an action");
            }
            rules.add(rule);
        }
        if (rules.isEmpty()) {
            throw refused("rules", "none", "at least one");
        }
        rules.forEach(rule -> requireArchived(rule, rules));
        return List.copyOf(rules);
    }

    /** Nothing is deleted that is not archived first. */
    private static void requireArchived(LifecycleRule rule, List<LifecycleRule> rules) {
        if (rule.action() == Action.DELETE
                && rules.stream()
                        .noneMatch(other -> other.action() == Action.ARCHIVE
                                && other.prefix().equals(rule.prefix())
                                && days(other) <= days(rule))) {
            throw refused(
                    "rules",
                    "Delete of %s after %dd".formatted(rule.prefix(), days(rule)),
                    "a rule that archives it at that age or before");
        }
    }

    private static long days(LifecycleRule rule) {
        return LocalDate.EPOCH.plus(rule.age()).toEpochDay();
    }

    private static LifecycleRule rule(String place, JsonNode element, List<String> prefixes) {
        if (!element.isObject()) {
            throw refused(place, element.toString(), "an object");
        }
        for (var field : element.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw refused(place, field.getKey(), "prefix, age and action");
            }
        }
        var prefix = text(place, element, "prefix");
        if (!prefixes.contains(prefix)) {
            throw refused(place + ".prefix", prefix, String.join(" or ", prefixes));
        }
        var action = text(place, element, "action");
        var known = ACTIONS.get(action);
        if (known == null) {
            throw refused(place + ".action", action, "Archive or Delete");
        }
        var age = text(place, element, "age");
        var days = AGE.matcher(age);
        if (!days.matches()) {
            throw refused(place + ".age", age, "1d to 9999d");
        }
        return new LifecycleRule(prefix, Period.ofDays(Integer.parseInt(days.group(1))), known);
    }

    private static String text(String place, JsonNode element, String field) {
        var value = element.path(field);
        if (!value.isTextual()) {
            throw refused(place + "." + field, value.isMissingNode() ? "missing" : value.toString(), "a text");
        }
        return value.textValue();
    }

    private static String names(JsonNode object) {
        return String.join(
                ", ", object.properties().stream().map(field -> field.getKey()).toList());
    }

    private static IllegalArgumentException refused(String place, String value, String expected) {
        return new IllegalArgumentException("lifecycle " + place + ": " + value + " (expected: " + expected + ")");
    }
}
