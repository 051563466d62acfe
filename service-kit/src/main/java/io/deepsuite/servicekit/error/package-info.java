/** The one error model of the suite, for gRPC, REST and the OpenAI routes. */
@NullMarked
package io.deepsuite.servicekit.error;

import org.jspecify.annotations.NullMarked;
