package io.deepsuite.audit.tier;

import io.vertx.core.json.JsonArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How every answer says that it does not have all of the time asked for. */
public final class TierAnswers {

    private TierAnswers() {}

    /**
     * The tier that was searched and those that were not; nothing when everything was.
     *
     * @param archives those that were not
     */
    public static List<Map<String, Object>> of(List<Tier> archives) {
        return archives.isEmpty()
                ? List.of()
                : Stream.concat(
                                Stream.of(Map.<String, Object>of("tier", Tier.HOT)),
                                archives.stream().map(TierAnswers::of))
                        .toList();
    }

    /** The same as JSON, one line. */
    public static String json(List<Tier> archives) {
        return new JsonArray(of(archives)).encode();
    }

    /** The same as the last member of a JSON object, with the comma before it; empty when everything was searched. */
    public static String member(List<Tier> archives) {
        return archives.isEmpty() ? "" : ",\"tiers\":" + json(archives);
    }

    private static Map<String, Object> of(Tier archive) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("tier", Tier.ARCHIVE);
        members.put("from", archive.from().toString());
        members.put("to", archive.to().toString());
        members.put("records", archive.records());
        members.put("location", archive.month().location());
        return members;
    }
}
