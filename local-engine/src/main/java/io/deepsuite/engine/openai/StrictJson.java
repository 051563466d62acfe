package io.deepsuite.engine.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deepsuite.engine.error.Refusal;
import io.deepsuite.engine.error.RefusalReason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a body as exactly one JSON value in valid UTF-8, without duplicate names, to a bounded depth. */
final class StrictJson {

    private static final int MAX_DEPTH = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * Reads a body.
     *
     * @throws Refusal {@link RefusalReason#BODY_MALFORMED}; the message has the place, never the content
     */
    static JsonNode read(byte[] body) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new Refusal(RefusalReason.BODY_MALFORMED, "body is not valid UTF-8");
        }
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node.isMissingNode()) {
                throw new Refusal(RefusalReason.BODY_MALFORMED, "body is empty (expected: a JSON object)");
            }
            return node;
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Refusal(
                    RefusalReason.BODY_MALFORMED,
                    place == null
                            ? "body is not valid JSON"
                            : "body is not valid JSON near line %d, column %d"
                                    .formatted(place.getLineNr(), place.getColumnNr()));
        }
    }
}
