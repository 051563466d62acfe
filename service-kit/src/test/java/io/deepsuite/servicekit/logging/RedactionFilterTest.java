package io.deepsuite.servicekit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.jboss.logmanager.formatters.StructuredFormatter.ExceptionOutputType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionFilterTest {

    private static final String PHONE = "13812345678";
    private static final String MAIL = "li.wei@example.com";
    private static final String RESIDENT = "11010519491231002X";
    private static final String JWT = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg";

    private final RedactionFilter filter = new RedactionFilter();

    @Test
    void letsNothingPlantedThroughWhereverItStands() {
        var failure = new IllegalStateException("call " + PHONE, new IllegalArgumentException("mail " + MAIL));
        failure.addSuppressed(new IllegalStateException("Bearer " + JWT));
        var record = record("user %s asked with password=hunter2", MAIL);
        record.setThrown(failure);
        record.setMdc(Map.of("requestId", "call-" + PHONE, "userId", "u-4711", "tenant", "acme"));

        var line = json(record);

        assertThat(line).doesNotContain(PHONE, MAIL, JWT, "hunter2", "u-4711");
        assertThat(line)
                .contains("java.lang.IllegalStateException: call [REDACTED]", "java.lang.IllegalArgumentException")
                .contains("\"userId\":\"[FILTERED]\"", "\"tenant\":\"acme\"")
                .contains("password=[REDACTED]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer abcdefghijkl.mnop",
                "{\"authorization\":\"Basic YWxpY2U6c2VjcmV0\"}",
                "token=0123456789abcdef",
                "client_secret: s3cr3t-value",
                "api-key=sk-12345",
                "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0",
                "resident 11010519491231002X",
                "电话13812345678。"
            })
    void redacts(String text) {
        var line = json(record(text));

        assertThat(line)
                .contains("[REDACTED]")
                .doesNotContain(
                        "abcdefghijkl",
                        "YWxpY2U6",
                        "0123456789abcdef",
                        "s3cr3t",
                        "sk-12345",
                        "MIIEvQ",
                        RESIDENT,
                        PHONE);
    }

    @ParameterizedTest
    @CsvSource({
        "user_id=alice, user_id=[FILTERED]",
        "userId: 4711, userId: [FILTERED]",
        "location=Beijing, location=[REDACTED]"
    })
    void usesTheTwoLiteralsOfTheLogPipeline(String text, String expected) {
        assertThat(Redaction.redact(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the journal was opened",
                "model tiny-translate 1.0.0 answered in 231 ms",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "01a202e4-6ce7-76cb-b6ce-e1378fa8a811",
                "the bearer token is not valid here"
            })
    void leavesOrdinaryTextAlone(String text) {
        assertThat(Redaction.redact(text)).isEqualTo(text);
    }

    @Test
    void redactsPlainRecordsAndTheirParameters() {
        var record = new LogRecord(Level.INFO, "mail {0}");
        record.setParameters(new Object[] {MAIL});

        filter.isLoggable(record);

        assertThat(record.getParameters()).containsExactly("[REDACTED]");
    }

    @Test
    void survivesExceptionsThatCauseEachOther() {
        var inner = new IllegalStateException("inner " + PHONE);
        var outer = new IllegalStateException("outer", inner);
        inner.addSuppressed(outer);

        assertThat(json(thrown(outer))).doesNotContain(PHONE);
    }

    private static ExtLogRecord thrown(Throwable failure) {
        var record = record("failed");
        record.setThrown(failure);
        return record;
    }

    private static ExtLogRecord record(String message, Object... parameters) {
        var record = new ExtLogRecord(
                Level.INFO, message, ExtLogRecord.FormatStyle.PRINTF, RedactionFilterTest.class.getName());
        record.setParameters(parameters);
        return record;
    }

    private String json(ExtLogRecord record) {
        filter.isLoggable(record);
        var formatter = new JsonFormatter();
        formatter.setExceptionOutputType(ExceptionOutputType.FORMATTED);
        return formatter.format(record);
    }
}
