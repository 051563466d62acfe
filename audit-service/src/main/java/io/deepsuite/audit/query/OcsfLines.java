package io.deepsuite.audit.query;

/** Events for programs that read events of many sources, one a line; the last line is that of {@link NdjsonLines}. */
final class OcsfLines implements ExportLines {

    private final NdjsonLines lines = new NdjsonLines();

    @Override
    public String header() {
        return "";
    }

    @Override
    public String event(String json) {
        return lines.event(OcsfEvent.of(json));
    }

    @Override
    public String end(ExportEnd end) {
        return lines.end(end);
    }
}
