package io.deepsuite.audit.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Forms of an export. */
enum ExportFormat {
    /** One JSON object a line. */
    NDJSON("ndjson", "application/x-ndjson"),
    /** RFC 4180 with a header. */
    CSV("csv", "text/csv; charset=utf-8; header=present"),
    /** One JSON object of the Open Cybersecurity Schema Framework a line. */
    OCSF("ocsf", "application/x-ndjson");

    private final String word;
    private final String mediaType;

    ExportFormat(String word, String mediaType) {
        this.word = word;
        this.mediaType = mediaType;
    }

    /** The format of a parameter's value. */
    static Optional<ExportFormat> named(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word.equals(word))
                .findFirst();
    }

    /** Values of the parameter. */
    static List<String> words() {
        return Arrays.stream(values()).map(format -> format.word).toList();
    }

    String mediaType() {
        return mediaType;
    }

    /** What to call the file. */
    String fileName() {
        return "audit-events." + word;
    }

    ExportLines lines() {
        return switch (this) {
            case NDJSON -> new NdjsonLines();
            case CSV -> new CsvLines();
            case OCSF -> new OcsfLines();
        };
    }
}
