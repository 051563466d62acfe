package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.tier.Archives;
import io.deepsuite.audit.tier.TierAnswers;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {

    private static final Pattern FIELD = Pattern.compile("\"((?:[^\"]|\"\")*)\"(?:,|\r\n)");

    private final CsvLines lines = new CsvLines();

    @Test
    void putsFieldsInTheColumnsOfTheHeader() {
        var row = lines.event("{\"id\":\"i\",\"time\":\"2026-01-31T08:00:00Z\",\"actor\":{\"name\":\"mei\"},"
                + "\"inference\":{\"promptTokens\":7},\"source\":{\"sequence\":\"12\"}}");

        assertThat(field(row, "record")).isEqualTo("event");
        assertThat(field(row, "id")).isEqualTo("i");
        assertThat(field(row, "actor.name")).isEqualTo("mei");
        assertThat(field(row, "source.sequence")).isEqualTo("12");
        assertThat(field(row, "inference")).isEqualTo("{\"promptTokens\":7}");
        assertThat(field(row, "reason")).isEmpty();
        assertThat(row).endsWith("\r\n");
    }

    @Test
    void quotesWhatWouldEndAField() {
        var row = lines.event("{\"requestId\":\"a,\\\"b\\\"\\r\\nc\"}");

        assertThat(row).contains("\"a,\"\"b\"\"\r\nc\"");
        assertThat(field(row, "requestId")).isEqualTo("a,\"b\"\r\nc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\\t=1", " =1", "\uff1d1"})
    void keepsSpreadsheetsFromComputing(String name) {
        var row = lines.event("{\"actor\":{\"name\":\"" + name + "\"}}");

        assertThat(field(row, "actor.name")).isEqualTo("'" + name.replace("\\t", "\t"));
    }

    @Test
    void leavesOtherTextAsItIs() {
        assertThat(field(lines.event("{\"actor\":{\"name\":\"a=1\"}}"), "actor.name"))
                .isEqualTo("a=1");
    }

    @Test
    void endsWithARowOfTheSameWidth() {
        var end = lines.end(new ExportEnd(3, false, "AbC", "DATABASE_UNAVAILABLE", List.of()));

        assertThat(fields(end)).hasSameSizeAs(fields(lines.header()));
        assertThat(fields(end)).startsWith("end", "3", "false", "DATABASE_UNAVAILABLE", "AbC", "", "");
    }

    @Test
    void namesArchivesInOneFieldOfTheLastRow() {
        var archives = List.of(Archives.of("2026-08"));

        var end = lines.end(new ExportEnd(3, false, "", "OK", archives));

        assertThat(fields(end)).hasSameSizeAs(fields(lines.header()));
        assertThat(fields(end)).startsWith("end", "3", "false", "OK", "", TierAnswers.json(archives), "");
    }

    private String field(String row, String column) {
        return fields(row)[List.of(fields(lines.header())).indexOf(column)];
    }

    private static String[] fields(String row) {
        return FIELD.matcher(row)
                .results()
                .map(field -> field.group(1).replace("\"\"", "\""))
                .toArray(String[]::new);
    }
}
