package io.deepsuite.model.inference;

/**
 * The end of an answer; it exists only once the audit event is durable.
 *
 * @param version version that answered
 * @param finishReason {@code stop}, {@code length}
 * @param promptTokens tokens of the input, as the engine counted
 * @param completionTokens tokens of the answer
 */
public record AnswerEnd(String version, String finishReason, int promptTokens, int completionTokens) {}
