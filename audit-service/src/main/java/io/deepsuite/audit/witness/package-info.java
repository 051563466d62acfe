/** Witnesses: what they need to co-sign a checkpoint, and their cosignatures. */
@NullMarked
package io.deepsuite.audit.witness;

import org.jspecify.annotations.NullMarked;
