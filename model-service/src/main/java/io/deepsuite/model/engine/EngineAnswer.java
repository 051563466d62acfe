package io.deepsuite.model.engine;

import java.util.OptionalInt;

/**
 * How an engine's answer ended.
 *
 * @param finishReason {@code stop}, {@code length}
 * @param promptTokens tokens of the input; empty when the engine does not count
 * @param completionTokens tokens of the answer; empty when the engine does not count
 */
public record EngineAnswer(String finishReason, OptionalInt promptTokens, OptionalInt completionTokens) {}
