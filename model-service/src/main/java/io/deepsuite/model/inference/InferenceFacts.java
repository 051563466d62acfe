package io.deepsuite.model.inference;

import java.util.List;

/**
 * What an auditor is told of a model call. Empty strings and zeros for what is not known.
 *
 * @param inputHmac keyed hash of {@link CanonicalInput}, lower-case hexadecimal
 * @param keyId name of its key
 * @param outputSha256 hash of the answer as the caller got it, lower-case hexadecimal
 * @param promptTokens tokens of the input
 * @param completionTokens tokens of the answer as far as it got
 * @param finishReason why the answer ended
 * @param engine replica that was asked last, {@code host:port}
 * @param maskedTypes kinds of personal data in the input
 */
public record InferenceFacts(
        String inputHmac,
        String keyId,
        String outputSha256,
        int promptTokens,
        int completionTokens,
        String finishReason,
        String engine,
        List<String> maskedTypes) {

    public InferenceFacts {
        maskedTypes = List.copyOf(maskedTypes);
    }
}
