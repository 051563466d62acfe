package io.deepsuite.model.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A named model.
 *
 * @param id identifier, without {@code models/}
 * @param displayName for people; at most 200 characters, may be empty
 * @param aliases versions by alias, in order of alias: {@code stable -> 1.0.0}
 * @param createTime when it was added (UTC)
 * @param revision counts its changes, from 1
 */
public record RegisteredModel(
        String id, String displayName, Map<String, String> aliases, Instant createTime, long revision) {

    /** Alias of the version that answers when a caller names none. */
    public static final String STABLE = "stable";

    public RegisteredModel {
        aliases = Collections.unmodifiableMap(new TreeMap<>(aliases));
    }

    /** Changes with every change of the model; quoted as in RFC 9110. */
    public String etag() {
        return "\"%s-%d\"".formatted(Long.toHexString(createTime.toEpochMilli()), revision);
    }
}
