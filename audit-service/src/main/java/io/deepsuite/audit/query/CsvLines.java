package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.TierAnswers;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows after RFC 4180, every field in quotes. The first field tells events from the last row. A field that a spreadsheet would take for a formula gets an
 * apostrophe in front: names in events come from callers, and an auditor's spreadsheet must not compute what they wrote.
 */
final class CsvLines implements ExportLines {

    private static final String END_OF_ROW = "\r\n";
    private static final String EVENT = "event";
    private static final String END = "end";

    /** What spreadsheets take for the begin of a formula, in ASCII and in full width; blanks before it are skipped by some. */
    private static final String FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

    /** Names of the columns behind the first, with the place of each in an event's JSON. */
    private static final List<Column> COLUMNS = List.of(
            new Column("id"),
            new Column("time"),
            new Column("phase"),
            new Column("operation"),
            new Column("action"),
            new Column("outcome"),
            new Column("reason"),
            new Column("actor", "type"),
            new Column("actor", "id"),
            new Column("actor", "name"),
            new Column("actor", "workload"),
            new Column("actor", "sourceAddress"),
            new Column("actor", "clientId"),
            new Column("resource", "type"),
            new Column("resource", "id"),
            new Column("resource", "version"),
            new Column("resource", "digest"),
            new Column("source", "service"),
            new Column("source", "instance"),
            new Column("source", "boot"),
            new Column("source", "sequence"),
            new Column("source", "namespace"),
            new Column("requestId"),
            new Column("traceId"),
            new Column("tenant"),
            new Column("duration"),
            new Column("inference"),
            new Column("attributes"));

    @Override
    public String header() {
        return row("record", COLUMNS.stream().map(Column::name).toList());
    }

    @Override
    public String event(String json) {
        var event = new JsonObject(json);
        return row(EVENT, COLUMNS.stream().map(column -> column.value(event)).toList());
    }

    /** As many fields as every row has, as the RFC asks for: number of events, completeness, reason, page token, tiers as JSON, and empty ones. */
    @Override
    public String end(ExportEnd end) {
        var fields = new ArrayList<>(Collections.nCopies(COLUMNS.size(), ""));
        fields.set(0, Long.toString(end.events()));
        fields.set(1, Boolean.toString(end.complete()));
        fields.set(2, end.reason());
        fields.set(3, end.nextPageToken());
        fields.set(4, end.archives().isEmpty() ? "" : TierAnswers.json(end.archives()));
        return row(END, fields);
    }

    private static String row(String record, List<String> fields) {
        return fields.stream().map(CsvLines::quoted).collect(Collectors.joining(",", quoted(record) + ",", END_OF_ROW));
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    }

    private static String quoted(String value) {
        var start = value.stripLeading();
        boolean formula = isFormula(value) || isFormula(start);
        return "\"" + (formula ? "'" : "") + value.replace("\"", "\"\"") + "\"";
    }

    /**
     * A column.
     *
     * @param object member of the event that holds it; empty for the event itself
     * @param member name within
     */
    private record Column(String object, String member) {

        private Column(String member) {
            this("", member);
        }

        String name() {
            return object.isEmpty() ? member : object + "." + member;
        }

        /** Text as it is, objects as JSON; empty for what the event does not have. */
        String value(JsonObject event) {
            var from = object.isEmpty() ? event : event.getJsonObject(object, new JsonObject());
            var value = from.getValue(member);
            return value == null ? "" : value.toString();
        }
    }
}
