/** Why a call is refused, in the words of the OpenAI protocol. */
@NullMarked
package io.deepsuite.engine.error;

import org.jspecify.annotations.NullMarked;
