package io.deepsuite.model.testing;

import io.deepsuite.model.registry.ModelVersion;
import io.deepsuite.model.registry.SemanticVersion;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Model versions for tests. */
public final class Versions {

    /** SHA-256 of nothing. */
    public static final String DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Versions() {}

    /** A version of {@code tiny-translate}, context 512, at these addresses. */
    public static ModelVersion version(String version, String... addresses) {
        var engines = Arrays.stream(addresses)
                .map(address -> new ModelVersion.EngineReplica(ModelVersion.Protocol.OPENAI, address, "tiny-translate"))
                .toList();
        return new ModelVersion(
                "tiny-translate",
                SemanticVersion.parse(version),
                DIGEST,
                1,
                "q8_0",
                512,
                List.copyOf(engines),
                Instant.EPOCH);
    }
}
