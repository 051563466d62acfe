package io.deepsuite.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of a JSON object, by name and type. A field that is null counts as absent.
 *
 * @param object the object
 * @param path where it stands in the body, empty for the body itself; ends errors' {@code param}
 */
record RequestFields(JsonNode object, String path) {

    /**
     * Fields of a node.
     *
     * @throws Refusal {@link RefusalReason#VALUE_INVALID} if the node is no object
     */
    static RequestFields of(JsonNode node, String path) {
        if (!node.isObject()) {
            throw invalid(path, typeOf(node), "an object");
        }
        return new RequestFields(node, path);
    }

    /**
     * Refuses fields other than those.
     *
     * @param known fields that the protocol has and the engine reads or may ignore
     * @param unsupported fields that the protocol has and the engine does not offer, each with the only value it takes
     */
    void allowOnly(Set<String> known, Map<String, Neutral> unsupported) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = field.getKey();
            if (known.contains(name) || field.getValue().isNull()) {
                continue;
            }
            Neutral neutral = unsupported.get(name);
            if (neutral == null) {
                throw new Refusal(
                        RefusalReason.FIELD_UNKNOWN, "unknown field: " + pathOf(clipped(name)), pathOf(clipped(name)));
            }
            if (!neutral.accepts(field.getValue())) {
                throw new Refusal(
                        RefusalReason.FIELD_UNSUPPORTED,
                        "%s is not offered by this engine (expected: %s, or none)"
                                .formatted(pathOf(name), neutral.expected()),
                        pathOf(name));
            }
        }
    }

    Optional<JsonNode> any(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    JsonNode required(String name) {
        return any(name).orElseThrow(() -> invalid(pathOf(name), "absent", "a value"));
    }

    Optional<String> text(String name) {
        return any(name).map(value -> text(value, pathOf(name)));
    }

    boolean flag(String name) {
        return any(name)
                .map(value -> {
                    if (!value.isBoolean()) {
                        throw invalid(pathOf(name), typeOf(value), "true or false");
                    }
                    return value.booleanValue();
                })
                .orElse(false);
    }

    OptionalLong integer(String name, long least, long most) {
        Optional<JsonNode> found = any(name);
        if (found.isEmpty()) {
            return OptionalLong.empty();
        }
        JsonNode value = found.get();
        String expected = "an integer from %d to %d".formatted(least, most);
        if (!value.isIntegralNumber()) {
            throw invalid(pathOf(name), typeOf(value), expected);
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            throw invalid(pathOf(name), clipped(value.asText()), expected);
        }
        return OptionalLong.of(value.longValue());
    }

    /** A number from {@code least}, or above it when {@code exclusive}, to {@code most}. */
    OptionalDouble number(String name, double least, boolean exclusive, double most) {
        Optional<JsonNode> found = any(name);
        if (found.isEmpty()) {
            return OptionalDouble.empty();
        }
        JsonNode value = found.get();
        String expected = "a number %s %s to %s".formatted(exclusive ? "above" : "from", least, most);
        if (!value.isNumber()) {
            throw invalid(pathOf(name), typeOf(value), expected);
        }
        double number = value.doubleValue();
        if (!(number >= least && number <= most) || (exclusive && number == least)) {
            throw invalid(pathOf(name), clipped(value.asText()), expected);
        }
        return OptionalDouble.of(number);
    }

    String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Text that can be written as UTF-8. */
    static String text(JsonNode value, String path) {
        if (!value.isTextual()) {
            throw invalid(path, typeOf(value), "a string");
        }
        String text = value.textValue();
        if (!isWellFormed(text)) {
            throw new Refusal(RefusalReason.VALUE_INVALID, path + " has half of a surrogate pair", path);
        }
        return text;
    }

    static Refusal invalid(String path, String actual, String expected) {
        return new Refusal(
                RefusalReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(path.isEmpty() ? "body" : path, actual, expected),
                path.isEmpty() ? null : path);
    }

    static String typeOf(JsonNode value) {
        return "of type " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String clipped(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static boolean isWellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    /** Values of a field that ask for nothing beyond what is done anyway. */
    @FunctionalInterface
    interface NeutralTest {
        boolean accepts(JsonNode value);
    }

    /**
     * What a field that is not offered may be.
     *
     * @param expected the value, in words
     * @param test whether a value asks for nothing
     */
    record Neutral(String expected, NeutralTest test) {
        boolean accepts(JsonNode value) {
            return test.accepts(value);
        }
    }
}
