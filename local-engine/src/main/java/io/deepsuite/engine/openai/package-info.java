/** The OpenAI protocol over HTTP: requests, answers, event streams. */
@NullMarked
package io.deepsuite.engine.openai;

import org.jspecify.annotations.NullMarked;
