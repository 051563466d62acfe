/** A witness: co-signs a log's checkpoints as long as each continues the one before, so that a log shows everybody the same. */
@NullMarked
package io.deepsuite.proof.witness;

import org.jspecify.annotations.NullMarked;
