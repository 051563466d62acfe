package io.deepsuite.audit.replay;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a dead letter stands in its topic. Written {@code partition-offset}, which is its id for whoever operates the suite.
 *
 * @param partition from 0
 * @param offset from 0
 */
record LetterPlace(int partition, long offset) implements Comparable<LetterPlace> {

    static final LetterPlace FIRST = new LetterPlace(0, 0);
    static final LetterPlace LAST = new LetterPlace(Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})-(\\d{1,18})");
    private static final Comparator<LetterPlace> ORDER =
            Comparator.comparingInt(LetterPlace::partition).thenComparingLong(LetterPlace::offset);

    /** Reads what {@link #toString} wrote; empty for anything else. */
    static Optional<LetterPlace> parse(String text) {
        var form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new LetterPlace(Integer.parseInt(form.group(1)), Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    /** Written out: that of a record is interpreted in an executable, part by part, and takes hundreds of times as long. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LetterPlace that && partition == that.partition && offset == that.offset;
    }

    @Override
    public int compareTo(LetterPlace other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return partition + "-" + offset;
    }
}
