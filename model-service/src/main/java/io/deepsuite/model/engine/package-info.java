/** Speaks to engine replicas: OpenAI protocol over HTTP, deadlines, circuit breakers, one retry. */
@NullMarked
package io.deepsuite.model.engine;

import org.jspecify.annotations.NullMarked;
