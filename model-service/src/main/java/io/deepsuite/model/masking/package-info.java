/** Masks personal data through Data Prep before anything reaches an engine, and restores it in the answer. */
@NullMarked
package io.deepsuite.model.masking;

import org.jspecify.annotations.NullMarked;
