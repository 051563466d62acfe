package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks of the fields of registry requests. Each answers the value, or {@link ErrorReason#VALUE_INVALID} naming the field, the value and what was expected. */
final class Fields {

    private static final int SHOWN = 80;

    private Fields() {}

    static String matching(String field, String value, Pattern form, String expected) {
        if (!form.matcher(value).matches()) {
            throw invalid(field, shortened(value), expected);
        }
        return value;
    }

    static long inRange(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw invalid(field, Long.toString(value), "%d to %d".formatted(least, most));
        }
        return value;
    }

    static DeepsuiteException invalid(String field, String value, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(field, value.isEmpty() ? "empty" : value, expected),
                Map.of("field", field));
    }

    /** At most 80 characters of a value, so that an error text stays readable. */
    static String shortened(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
    }
}
