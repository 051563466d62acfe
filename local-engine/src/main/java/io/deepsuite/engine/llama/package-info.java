/** The engine that llama.cpp serves, with a guard for each way in which native code can end the process. */
@NullMarked
package io.deepsuite.engine.llama;

import org.jspecify.annotations.NullMarked;
