package io.deepsuite.model.openai;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A JSON object as it came over the wire, read strictly: every fault names the field, its value or type, and what was expected. */
final class OpenAiBody {

    private static final int MAX_SHOWN = 40;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final JsonNode object;

    private OpenAiBody(JsonNode object) {
        this.object = object;
    }

    /** @throws DeepsuiteException {@link ErrorReason#BODY_MALFORMED} if the bytes are not UTF-8, not JSON, or not an object */
    static OpenAiBody parse(byte[] bytes) {
        var tree = tree(bytes);
        if (!tree.isObject()) {
            throw new DeepsuiteException(
                    ErrorReason.BODY_MALFORMED, "body: %s (expected: a JSON object)".formatted(shown(tree)));
        }
        return new OpenAiBody(tree);
    }

    private static JsonNode tree(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return JSON.readTree(text.toString());
        } catch (CharacterCodingException _) {
            throw new DeepsuiteException(ErrorReason.BODY_MALFORMED, "body: invalid UTF-8 (expected: JSON in UTF-8)");
        } catch (JsonProcessingException malformed) { // its message quotes the body, its place does not
            var place = malformed.getLocation();
            throw new DeepsuiteException(
                    ErrorReason.BODY_MALFORMED,
                    place == null
                            ? "body: malformed JSON"
                            : "body: malformed JSON at line %d, column %d"
                                    .formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    /** @throws DeepsuiteException {@link ErrorReason#FIELD_UNKNOWN} if there is a field that is not known */
    void checkKnown(Set<String> known) {
        for (var field : iterable(object)) {
            if (!known.contains(field)) {
                throw new DeepsuiteException(
                        ErrorReason.FIELD_UNKNOWN,
                        "Unrecognized request argument supplied: " + shortened(field),
                        Map.of("field", shortened(field)));
            }
        }
    }

    private static Iterable<String> iterable(JsonNode object) {
        return object::fieldNames;
    }

    /** The field; empty when it is absent or null. */
    Optional<JsonNode> field(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isNull());
    }

    /** The text in a field that must be there. */
    String requiredText(String name) {
        var value = field(name).orElseThrow(() -> invalid(name, "absent", "a string"));
        return text(name, value);
    }

    static String text(String name, JsonNode value) {
        if (!value.isTextual()) {
            throw invalid(name, shown(value), "a string");
        }
        var text = value.textValue();
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw invalid(name, "an unpaired surrogate", "Unicode text");
        }
        return text;
    }

    static boolean bool(String name, JsonNode value) {
        if (!value.isBoolean()) {
            throw invalid(name, shown(value), "true or false");
        }
        return value.booleanValue();
    }

    static int integer(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw invalid(name, shown(value), "an integer");
        }
        return value.intValue();
    }

    static long longInteger(String name, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(name, shown(value), "an integer of 64 bits");
        }
        return value.longValue();
    }

    static double number(String name, JsonNode value) {
        if (!value.isNumber()) {
            throw invalid(name, shown(value), "a number");
        }
        return value.doubleValue();
    }

    static DeepsuiteException invalid(String field, String value, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(field, value, expected),
                Map.of("field", field));
    }

    /** A value as an error may show it: numbers and booleans as they are, of everything else the type, since it may hold personal data. */
    static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER, BOOLEAN -> shortened(value.asText());
            case STRING -> "a string";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NULL -> "null";
            case MISSING -> "nothing";
            case BINARY, POJO -> "something else";
        };
    }

    private static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "…";
    }
}
