package io.deepsuite.servicekit.request;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a gRPC caller waits, as it says in the header {@code grpc-timeout}.
 *
 * @param given from the moment that the call was sent; at most 99,999,999 hours
 */
record GrpcTimeout(Duration given) {

    static final String HEADER = "grpc-timeout";

    private static final Pattern FORM = Pattern.compile("([0-9]{1,8})([HMSmun])");

    /** The caller's clock starts before ours; of a short time no more than a quarter is taken for that. */
    private static final Duration AHEAD = Duration.ofMillis(500);

    private static final int QUARTER = 4;

    /** Reads the header; empty where there is none, and where it is not in the form of the protocol. */
    static Optional<GrpcTimeout> read(@Nullable String header) {
        var matcher = FORM.matcher(header == null ? "" : header);
        return matcher.matches()
                ? Optional.of(new GrpcTimeout(Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)))))
                : Optional.empty();
    }

    /** Whether a caller that goes away after that time does so since its deadline has passed. */
    boolean hasPassed(Duration elapsed) {
        var quarter = given.dividedBy(QUARTER);
        var ahead = quarter.compareTo(AHEAD) < 0 ? quarter : AHEAD;
        return elapsed.compareTo(given.minus(ahead)) >= 0;
    }

    private static ChronoUnit unit(String letter) {
        return switch (letter) {
            case "H" -> ChronoUnit.HOURS;
            case "M" -> ChronoUnit.MINUTES;
            case "S" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MILLIS;
            case "u" -> ChronoUnit.MICROS;
            default -> ChronoUnit.NANOS;
        };
    }
}
