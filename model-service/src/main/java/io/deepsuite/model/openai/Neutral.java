package io.deepsuite.model.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** Values with which a field that is not served asks for nothing. */
enum Neutral {
    /** The number 1. */
    ONE("1", value -> value.isNumber() && value.doubleValue() == 1),
    /** The number 0. */
    ZERO("0", value -> value.isNumber() && value.doubleValue() == 0),
    /** False. */
    FALSE("false", value -> value.isBoolean() && !value.booleanValue()),
    /** An empty string. */
    EMPTY_TEXT(
            "an empty string", value -> value.isTextual() && value.textValue().isEmpty()),
    /** An empty array or object. */
    EMPTY("empty", value -> value.isContainerNode() && value.isEmpty()),
    /** {@code "none"}. */
    NONE("none", value -> value.isTextual() && value.textValue().equals("none")),
    /** {@code {"type":"text"}}. */
    TEXT_FORMAT("the type text", value -> value.path("type").asText().equals("text")),
    /** {@code ["text"]}. */
    TEXT_ONLY(
            "text alone",
            value -> value.isArray()
                    && value.size() == 1
                    && value.get(0).asText().equals("text")),
    /** Absent or null. */
    NULL("absent", _ -> false);

    private final String expected;

    @SuppressWarnings("ImmutableEnumChecker") // the predicates hold no state
    private final Predicate<JsonNode> allowed;

    Neutral(String expected, Predicate<JsonNode> allowed) {
        this.expected = expected;
        this.allowed = allowed;
    }

    /** What was expected, for the error. */
    String expected() {
        return expected;
    }

    /** Whether the value asks for nothing. Null is never passed here. */
    boolean allows(JsonNode value) {
        return allowed.test(value);
    }
}
