package io.deepsuite.audit.erasure;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom to erase, and why.
 *
 * @param actorId id of the person, as events show it
 * @param reference what the erasure is filed under; too narrow for a sentence, so that nobody writes down the name that is to be forgotten
 */
record ErasureRequest(String actorId, String reference) {

    private static final int MAX_ID = 1024;
    private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}");
    private static final Set<String> FIELDS = Set.of("actorId", "case");

    /** @throws DeepsuiteException {@link ErrorReason#BODY_MALFORMED}, {@link ErrorReason#FIELD_UNKNOWN} or {@link ErrorReason#VALUE_INVALID}; no message repeats the id */
    static ErasureRequest read(String body) {
        JsonObject json;
        try {
            json = new JsonObject(body);
        } catch (DecodeException malformed) {
            throw new DeepsuiteException(
                    ErrorReason.BODY_MALFORMED, "body: not a JSON object (expected: actorId and case)", Map.of());
        }
        for (var name : json.fieldNames()) {
            if (!FIELDS.contains(name)) {
                throw new DeepsuiteException(
                        ErrorReason.FIELD_UNKNOWN,
                        "field: unknown, %d characters (expected: actorId, case)".formatted(name.length()),
                        Map.of());
            }
        }
        var actorId = text(json, "actorId");
        if (actorId.isEmpty() || actorId.length() > MAX_ID || actorId.indexOf('\0') >= 0) {
            throw invalid("actorId", "%d characters (expected: 1 to %d, no NUL)".formatted(actorId.length(), MAX_ID));
        }
        var reference = text(json, "case");
        if (!REFERENCE.matcher(reference).matches()) {
            throw invalid(
                    "case",
                    "%d characters (expected: 1 to 64 letters, digits and . _ / # -, the first a letter or digit)"
                            .formatted(reference.length()));
        }
        return new ErasureRequest(actorId, reference);
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? text : "";
    }

    private static DeepsuiteException invalid(String field, String detail) {
        return new DeepsuiteException(ErrorReason.VALUE_INVALID, field + ": " + detail, Map.of("field", field));
    }

    @Override
    public String toString() {
        return "ErasureRequest[reference=%s]".formatted(reference);
    }
}
