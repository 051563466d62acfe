/** Reads the head of a GGUF file: what the model is, before native code sees it. */
@NullMarked
package io.deepsuite.engine.gguf;

import org.jspecify.annotations.NullMarked;
