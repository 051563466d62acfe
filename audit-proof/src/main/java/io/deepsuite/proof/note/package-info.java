/** Checkpoints of the log as signed notes, in the formats of C2SP: signed-note, tlog-checkpoint and tlog-cosignature. */
@NullMarked
package io.deepsuite.proof.note;

import org.jspecify.annotations.NullMarked;
