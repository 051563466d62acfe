package io.deepsuite.engine.error;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes failures for the log without their messages: a message of a library may quote a prompt. */
public final class Failures {

    private static final int FRAMES = 8;

    private Failures() {}

    /** Types of a failure and its causes, and where the innermost began. */
    public static String describe(Throwable failure) {
        String types = Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(cause -> cause.getClass().getName())
                .collect(Collectors.joining(" < "));
        return types + " at " + frames(innermost(failure));
    }

    private static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    private static String frames(Throwable failure) {
        return Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(", "));
    }
}
