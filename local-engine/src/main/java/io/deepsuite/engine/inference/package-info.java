/** What an engine does, whoever implements it: prompts, sampling, slots and stop words. */
@NullMarked
package io.deepsuite.engine.inference;

import org.jspecify.annotations.NullMarked;
