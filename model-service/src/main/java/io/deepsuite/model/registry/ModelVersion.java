package io.deepsuite.model.registry;

import java.time.Instant;
import java.util.List;

/**
 * An immutable version of a model, and where it is served.
 *
 * @param model identifier of the model
 * @param version its number
 * @param artifactSha256 SHA-256 of the artifact, lower-case hexadecimal
 * @param artifactSizeBytes size of the artifact; 0 when unknown
 * @param quantization precision of the weights as labelled in metrics: {@code fp16}, {@code q8_0}; may be empty
 * @param contextTokens longest input and answer together; 0 when unknown
 * @param engines replicas that serve it, at least one
 * @param createTime when it was added (UTC)
 */
public record ModelVersion(
        String model,
        SemanticVersion version,
        String artifactSha256,
        long artifactSizeBytes,
        String quantization,
        int contextTokens,
        List<EngineReplica> engines,
        Instant createTime) {

    public ModelVersion {
        engines = List.copyOf(engines);
    }

    /** How a caller names it: {@code tiny-translate@1.0.0}. */
    public String reference() {
        return model + "@" + version;
    }

    /**
     * An engine that serves the version.
     *
     * @param protocol protocol it speaks
     * @param address base address, such as {@code https://127.0.0.1:18451}
     * @param engineModel name of the model as the engine knows it
     */
    public record EngineReplica(Protocol protocol, String address, String engineModel) {}

    /** Protocols of engines. */
    public enum Protocol {
        /** OpenAI-compatible HTTP: vLLM, SGLang, llama-server, the local engine. */
        OPENAI
    }
}
