package io.deepsuite.servicekit.logging;

import io.quarkus.logging.LoggingFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Takes personal data and secrets out of every log record before a handler formats it: message, parameters, exceptions with their causes, and the mapped
 * diagnostic context.
 */
@LoggingFilter(name = "redaction")
public final class RedactionFilter implements Filter {

    private static final ExtFormatter MESSAGES = new PatternFormatter("%m");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord extended) {
            redactMessage(extended);
            redactContext(extended);
        } else {
            redactMessage(record);
        }
        var thrown = record.getThrown();
        if (thrown != null && !(thrown instanceof RedactedException)) {
            record.setThrown(RedactedException.of(thrown));
        }
        return true;
    }

    private static void redactMessage(ExtLogRecord record) {
        var message = MESSAGES.formatMessage(record);
        if (message == null) {
            return;
        }
        var redacted = Redaction.redact(message);
        if (!redacted.equals(message)) {
            record.setMessage(redacted, ExtLogRecord.FormatStyle.NO_FORMAT);
            record.setParameters(null);
        }
    }

    private static void redactMessage(LogRecord record) {
        if (record.getMessage() != null) {
            record.setMessage(Redaction.redact(record.getMessage()));
        }
        @Nullable Object @Nullable [] parameters = record.getParameters();
        if (parameters != null) {
            record.setParameters(Arrays.stream(parameters)
                    .map(parameter -> parameter == null ? "null" : Redaction.redact(parameter.toString()))
                    .toArray());
        }
    }

    private static void redactContext(ExtLogRecord record) {
        var context = record.getMdcCopy();
        var redacted = new HashMap<String, String>();
        context.forEach((key, value) -> {
            if (value != null) {
                redacted.put(key, Redaction.redact(key, value));
            }
        });
        if (!Objects.equals(context, redacted)) {
            record.setMdc(redacted);
        }
    }
}
