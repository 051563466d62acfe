package io.deepsuite.audit.query;

/** The lines of an export in one format, each with its end of line. */
interface ExportLines {

    /** What stands above all events; may be empty. */
    String header();

    /**
     * One event.
     *
     * @param json its proto3 JSON, one line
     */
    String event(String json);

    /** The last line. */
    String end(ExportEnd end);
}
