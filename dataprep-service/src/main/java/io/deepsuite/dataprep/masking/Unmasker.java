package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.Placeholder;
import io.deepsuite.servicekit.privacy.PlaceholderGrammar;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Puts values back in place of their placeholders, in one pass: what is put back is not looked at again. */
final class Unmasker {

    private Unmasker() {}

    /**
     * Text with values put back.
     *
     * @param text holds personal data
     * @param restored replacements made
     * @param types kinds of the values put back
     */
    record Restored(String text, int restored, Set<EntityType> types) {

        Restored {
            types = Set.copyOf(types);
        }

        @Override
        public String toString() {
            return "Restored[restored=%d]".formatted(restored);
        }
    }

    /** Placeholders that {@code values} does not know stay as they are. */
    static Restored restore(String text, Map<Placeholder, String> values) {
        var restored = new StringBuilder(text.length());
        var types = EnumSet.noneOf(EntityType.class);
        int copied = 0;
        int count = 0;
        for (var occurrence : PlaceholderGrammar.find(text)) {
            String value = values.get(occurrence.placeholder());
            if (value != null) {
                restored.append(text, copied, occurrence.start()).append(value);
                copied = occurrence.end();
                types.add(occurrence.placeholder().type());
                count++;
            }
        }
        return new Restored(restored.append(text, copied, text.length()).toString(), count, types);
    }
}
