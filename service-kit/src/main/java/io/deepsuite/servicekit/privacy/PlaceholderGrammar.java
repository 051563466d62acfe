package io.deepsuite.servicekit.privacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of placeholders: the three capitals of an {@link EntityType}, a hyphen, four ASCII digits, and no further digit: {@code TEL-10011} is no
 * placeholder. Letters may touch it on both sides, as they may touch the number it stands for.
 */
public final class PlaceholderGrammar {

    /** UTF-16 units of a placeholder. */
    public static final int TOKEN_LENGTH = 8;
    /** Number of the first placeholder that masking gives out. */
    public static final int FIRST_NUMBER = 1001;
    /** Greatest number that four digits hold. */
    public static final int LAST_NUMBER = 9999;

    private static final int PREFIX_LENGTH = 3;
    private static final EntityType[] TYPES = EntityType.values();

    private PlaceholderGrammar() {}

    /** Placeholders of {@code text} in order. Linear in the text. */
    public static List<Placeholder.Occurrence> find(CharSequence text) {
        var found = new ArrayList<Placeholder.Occurrence>();
        int last = text.length() - (TOKEN_LENGTH - PREFIX_LENGTH);
        for (int hyphen = PREFIX_LENGTH; hyphen <= last; hyphen++) {
            if (text.charAt(hyphen) == '-') {
                var placeholder = around(text, hyphen);
                if (placeholder != null) {
                    found.add(new Placeholder.Occurrence(placeholder, hyphen - PREFIX_LENGTH));
                }
            }
        }
        return found;
    }

    /** Whether a placeholder stands in {@code text}. */
    public static boolean containsAny(CharSequence text) {
        return !find(text).isEmpty();
    }

    /**
     * Where the end of {@code text} may be a placeholder that is not finished: more text could complete it, or, when it has its four digits, show by a
     * further digit that it is none.
     *
     * @return offset of its first character, at most {@link #TOKEN_LENGTH} before the end; the length of the text when there is none
     */
    public static int openStart(CharSequence text) {
        int length = text.length();
        for (int start = Math.max(0, length - TOKEN_LENGTH); start < length; start++) {
            if (isBeginning(text, start)) {
                return start;
            }
        }
        return length;
    }

    /** The placeholder whose hyphen stands at {@code hyphen}, or null. */
    private static @Nullable Placeholder around(CharSequence text, int hyphen) {
        int number = 0;
        for (int i = hyphen + 1; i <= hyphen + TOKEN_LENGTH - 1 - PREFIX_LENGTH; i++) {
            char c = text.charAt(i);
            if (!Folding.isDigit(c)) {
                return null;
            }
            number = number * 10 + c - '0';
        }
        if (Folding.isDigit(Folding.at(text, hyphen + TOKEN_LENGTH - PREFIX_LENGTH))) {
            return null;
        }
        for (EntityType type : TYPES) {
            if (beginsWith(type.placeholderPrefix(), text, hyphen - PREFIX_LENGTH, PREFIX_LENGTH)) {
                return new Placeholder(type, number);
            }
        }
        return null;
    }

    /** Whether all of the text from {@code start} on is the beginning of a placeholder, or a whole one. */
    private static boolean isBeginning(CharSequence text, int start) {
        for (int i = start + PREFIX_LENGTH; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i == start + PREFIX_LENGTH ? c != '-' : !Folding.isDigit(c)) {
                return false;
            }
        }
        int letters = Math.min(PREFIX_LENGTH, text.length() - start);
        for (EntityType type : TYPES) {
            if (beginsWith(type.placeholderPrefix(), text, start, letters)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWith(String prefix, CharSequence text, int start, int letters) {
        for (int i = 0; i < letters; i++) {
            if (text.charAt(start + i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
