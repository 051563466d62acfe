package io.deepsuite.servicekit.logging;

import io.deepsuite.servicekit.privacy.PersonalDataScanner;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;

/** Takes personal data and secrets out of text. */
final class Redaction {

    /** Stands for the identifiers of persons. */
    static final String FILTERED = "[FILTERED]";

    /** Stands for everything else. */
    static final String REDACTED = "[REDACTED]";

    private static final String ASSIGNED = "(\"?\\s*[=:]\\s*[\"']?)";

    private static final Pattern USER_KEY = Pattern.compile("(?i)user_?id");

    private static final Pattern SECRET_KEY = Pattern.compile(
            "(?i)authorization|password|passwd|secret|client_secret|api[_-]?key|access_token|refresh_token|token|location");

    private static final List<Rule> RULES = List.of(
            new Rule(
                    "-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,20}PRIVATE KEY-----)?", REDACTED),
            new Rule("\\beyJ[\\w-]{4,}+\\.[\\w-]{4,}+(?:\\.[\\w-]*+){0,3}", REDACTED),
            new Rule("(?i)\\b(bearer|basic)\\s+[\\w.~+/=-]{6,}+", "$1 " + REDACTED),
            new Rule(
                    "(?i)\\b(authorization)" + ASSIGNED + "(?!\\[|(?:bearer|basic) \\[)[^\\s\"',;}]++",
                    "$1$2" + REDACTED),
            new Rule(
                    "(?i)\\b(" + USER_KEY.pattern().substring(4) + ")" + ASSIGNED + "[^\\s\"',;&})\\]]++",
                    "$1$2" + FILTERED),
            new Rule(
                    "(?i)\\b([\\w-]{0,32}(?:" + SECRET_KEY.pattern().substring(4) + "))" + ASSIGNED
                            + "(?!\\[|(?:bearer|basic) )[^\\s\"',;&})\\]]++",
                    "$1$2" + REDACTED));

    private static final PersonalDataScanner SCANNER = new PersonalDataScanner(Clock.systemUTC());

    private Redaction() {}

    /** The text without what must not be logged; the same text when there is nothing. */
    static String redact(String text) {
        var redacted = text;
        for (Rule rule : RULES) {
            redacted = rule.apply(redacted);
        }
        return SCANNER.redact(redacted, REDACTED);
    }

    /** The value of a named field without what must not be logged. */
    static String redact(String key, String value) {
        if (USER_KEY.matcher(key).matches()) {
            return FILTERED;
        }
        return SECRET_KEY.matcher(key).matches() ? REDACTED : redact(value);
    }

    /** A pattern and what stands for its matches. */
    private record Rule(Pattern pattern, String replacement) {

        Rule(String pattern, String replacement) {
            this(Pattern.compile(pattern), replacement);
        }

        String apply(String text) {
            var matcher = pattern.matcher(text);
            return matcher.find() ? matcher.replaceAll(replacement) : text;
        }
    }
}
