package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.Placeholder;
import io.deepsuite.servicekit.privacy.PlaceholderGrammar;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gives out the placeholders of one call: one number for one value, counted over all kinds, passing over placeholders that stand in the texts already. */
final class PlaceholderAllocation {

    private record Key(EntityType type, String value) {

        /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && type == that.type && value.equals(that.value);
        }
    }

    private static final class Use {
        private final Placeholder placeholder;
        private final String token;
        private int occurrences;

        Use(Placeholder placeholder) {
            this.placeholder = placeholder;
            this.token = placeholder.token();
        }
    }

    private final Set<Placeholder> reserved = new HashSet<>();
    private final Map<Key, Use> uses = new LinkedHashMap<>();
    private int next = PlaceholderGrammar.FIRST_NUMBER;

    /** Keeps a placeholder that stands in a text from being given out. */
    void reserve(Placeholder.Occurrence occurrence) {
        reserved.add(occurrence.placeholder());
    }

    /** The token for one more occurrence of a value. */
    String tokenFor(EntityType type, String value) {
        var use = uses.computeIfAbsent(new Key(type, value), _ -> new Use(give(type)));
        use.occurrences++;
        return use.token;
    }

    /** What was given out, in order of number. */
    List<MaskedValue> values() {
        return uses.entrySet().stream()
                .map(entry -> new MaskedValue(
                        entry.getValue().placeholder, entry.getKey().value(), entry.getValue().occurrences))
                .toList();
    }

    private Placeholder give(EntityType type) {
        while (next <= PlaceholderGrammar.LAST_NUMBER) {
            var placeholder = new Placeholder(type, next++);
            if (!reserved.contains(placeholder)) {
                return placeholder;
            }
        }
        int most = PlaceholderGrammar.LAST_NUMBER - PlaceholderGrammar.FIRST_NUMBER + 1;
        throw new DeepsuiteException(
                ErrorReason.TEXT_TOO_LONG,
                "texts: too many different values to mask (expected: at most %d in a call)".formatted(most),
                Map.of("field", "texts"));
    }
}
