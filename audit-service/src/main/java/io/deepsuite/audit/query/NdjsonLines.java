package io.deepsuite.audit.query;

import io.deepsuite.audit.tier.TierAnswers;

/** An event a line, as the API answers it; last, an object with the one member {@code end}. */
final class NdjsonLines implements ExportLines {

    @Override
    public String header() {
        return "";
    }

    @Override
    public String event(String json) {
        return json + "\n";
    }

    /** Tokens and reasons need no escapes. */
    @Override
    public String end(ExportEnd end) {
        return "{\"end\":{\"events\":%d,\"complete\":%b,\"nextPageToken\":\"%s\",\"reason\":\"%s\"%s}}\n"
                .formatted(
                        end.events(),
                        end.complete(),
                        end.nextPageToken(),
                        end.reason(),
                        TierAnswers.member(end.archives()));
    }
}
