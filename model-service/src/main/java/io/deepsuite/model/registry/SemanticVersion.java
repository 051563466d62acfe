package io.deepsuite.model.registry;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version number by Semantic Versioning 2.0.0. The natural order is the precedence of its section 11; versions that differ in build metadata only have the
 * same precedence, and are put in an order of their own by text, so that the order agrees with {@code equals}.
 *
 * @param core major, minor and patch
 * @param preRelease dot-separated identifiers after the dash; empty for a release
 * @param build dot-separated identifiers after the plus sign; empty when there are none
 */
public record SemanticVersion(List<BigInteger> core, List<String> preRelease, List<String> build)
        implements Comparable<SemanticVersion> {

    private static final int MAX_LENGTH = 128;
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String PRE = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-(" + PRE
            + "(?:\\." + PRE + ")*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

    public SemanticVersion {
        core = List.copyOf(core);
        preRelease = List.copyOf(preRelease);
        build = List.copyOf(build);
    }

    /**
     * Reads a version number such as {@code 1.0.0-rc.1+build.5}.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is not one, or longer than 128 characters
     */
    public static SemanticVersion parse(String text) {
        var matcher = FORM.matcher(text);
        if (text.length() > MAX_LENGTH || !matcher.matches()) {
            throw new DeepsuiteException(
                    ErrorReason.VALUE_INVALID,
                    "version: %s (expected: a Semantic Versioning 2.0.0 number such as 1.0.0)"
                            .formatted(Fields.shortened(text)),
                    Map.of("field", "version"));
        }
        return new SemanticVersion(
                List.of(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3))),
                identifiers(matcher.group(4)),
                identifiers(matcher.group(5)));
    }

    private static List<String> identifiers(@Nullable String group) {
        return group == null ? List.of() : List.of(group.split("\\.", -1));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        var byPrecedence = comparePrecedence(other);
        return byPrecedence != 0 ? byPrecedence : String.join(".", build).compareTo(String.join(".", other.build));
    }

    /** Compares by precedence alone: negative if this is lower; 0 also for versions that differ in build metadata only. */
    public int comparePrecedence(SemanticVersion other) {
        for (var i = 0; i < core.size(); i++) {
            var byNumber = core.get(i).compareTo(other.core.get(i));
            if (byNumber != 0) {
                return byNumber;
            }
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        for (var i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
            var byIdentifier = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (byIdentifier != 0) {
                return byIdentifier;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private static int compareIdentifiers(String left, String right) {
        var leftNumeric = DIGITS.matcher(left).matches();
        var rightNumeric = DIGITS.matcher(right).matches();
        if (leftNumeric && rightNumeric) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        if (leftNumeric != rightNumeric) {
            return leftNumeric ? -1 : 1;
        }
        return left.compareTo(right);
    }

    /** The version as it is written. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        text.append(core.get(0)).append('.').append(core.get(1)).append('.').append(core.get(2));
        if (!preRelease.isEmpty()) {
            text.append('-').append(String.join(".", preRelease));
        }
        if (!build.isEmpty()) {
            text.append('+').append(String.join(".", build));
        }
        return text.toString();
    }
}
