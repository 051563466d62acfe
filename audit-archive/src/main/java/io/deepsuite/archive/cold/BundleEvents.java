package io.deepsuite.archive.cold;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;

/** Reads the events of an archived month, with their places. The bundle was verified before. */
final class BundleEvents {

    private static final JsonMapper MAPPER = new JsonMapper();

    private BundleEvents() {}

    /** Takes an event. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes one.
         *
         * @param log number of the log
         * @param leaf leaf index
         * @param event exact bytes
         */
        void take(int log, long leaf, byte[] event) throws IOException;
    }

    /** Gives every event to a taker, in the order of the bundle. */
    static void read(InputStream in, Manifest manifest, Taker taker) throws IOException {
        int log = 0;
        long leaf = 0;
        try (var lines = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            while (lines.hasNextValue()) {
                var line = lines.nextValue();
                if (line.has("log")) {
                    log = log(manifest, line.path("log").asText());
                    leaf = line.path("from").asLong();
                } else if (line.has("event")) {
                    taker.take(log, leaf++, line.path("event").binaryValue());
                } else if (line.has("withheld")) {
                    leaf++;
                }
            }
        }
    }

    private static int log(Manifest manifest, String origin) throws IOException {
        return manifest.logs().stream()
                .filter(run -> run.origin().equals(origin))
                .findFirst()
                .orElseThrow(() -> new IOException("log " + origin + " is not in the manifest"))
                .log();
    }
}
