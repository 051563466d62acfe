package io.deepsuite.proof.bundle;

import io.deepsuite.proof.note.Checkpoint;
import java.time.Instant;

/**
 * A checkpoint that the auditor kept.
 *
 * @param checkpoint what was signed
 * @param since when the auditor has had it at the latest (UTC); a bundle made after this time must reach as far. {@link Instant#MAX} when that is not known
 */
public record HeldCheckpoint(Checkpoint checkpoint, Instant since) {}
