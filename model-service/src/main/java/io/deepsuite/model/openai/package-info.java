/** The OpenAI-compatible REST face of inference. */
@NullMarked
package io.deepsuite.model.openai;

import org.jspecify.annotations.NullMarked;
