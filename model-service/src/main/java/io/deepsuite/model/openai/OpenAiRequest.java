package io.deepsuite.model.openai;

import io.deepsuite.model.inference.InferenceRequest;

/**
 * What an OpenAI client asks.
 *
 * @param inference the prompt and how to answer it
 * @param stream whether the answer comes as server-sent events
 * @param includeUsage whether a stream ends with an event that counts tokens
 */
record OpenAiRequest(InferenceRequest inference, boolean stream, boolean includeUsage) {}
