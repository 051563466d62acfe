package io.deepsuite.servicekit.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.servicekit.testing.TestIdentities;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** What a service writes to its standard output. */
@QuarkusTest
@WithTestResource(TestIdentities.class)
class LogFormatTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void writesTheFieldsOfTheElasticCommonSchemaAndNoPerson() {
        // Given
        var record = new ExtLogRecord(Level.WARN, "no answer for li.wei@example.com", "caller");
        record.setLoggerName("io.deepsuite.test");
        record.setMdc(Map.of(LogKeys.TRACE_ID, TRACE, LogKeys.USER_ID, "u-4711"));
        record.setThrown(new IllegalStateException("broken by 13812345678"));

        // When
        var line = written(record);

        // Then
        assertThat(line).endsWith("\n").doesNotContain("li.wei", "13812345678", "u-4711");
        assertThat(line.strip()).doesNotContain("\n");
        var fields = new JsonObject(line);
        assertThat(fields.getString("@timestamp"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:?\\d\\d)");
        assertThat(fields.getString("log.level")).isEqualTo("WARN");
        assertThat(fields.getString("log.logger")).isEqualTo("io.deepsuite.test");
        assertThat(fields.getString("message")).isEqualTo("no answer for [REDACTED]");
        assertThat(fields.getString("service.name")).isNotBlank();
        assertThat(fields.getString("ecs.version")).isNotBlank();
        assertThat(fields.getString("error.stack_trace")).contains("IllegalStateException");
        assertThat(fields.getJsonObject("mdc").getString("traceId")).isEqualTo(TRACE);
        assertThat(fields.containsKey("service"))
                .as("no text where the schema has an object")
                .isFalse();
    }

    private static String written(ExtLogRecord record) {
        var console = console();
        var filter = console.getFilter();
        assertThat(filter).isNotNull();
        assertThat(filter.isLoggable(record)).isTrue();
        return console.getFormatter().format(record);
    }

    private static Handler console() {
        return Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findFirst()
                .orElseThrow();
    }
}
