package io.deepsuite.audit.checkpoint;

import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.SignedNote;

/**
 * A checkpoint with its signatures.
 *
 * @param checkpoint what was signed
 * @param note text of the signed note
 */
public record SignedCheckpoint(Checkpoint checkpoint, String note) {

    /**
     * Reads a note; does not check its signatures.
     *
     * @throws NoteException when it is no checkpoint
     */
    static SignedCheckpoint parse(String note) {
        return new SignedCheckpoint(Checkpoint.parse(SignedNote.parse(note).text()), note);
    }

    /** Number of leaves. */
    public long size() {
        return checkpoint.size();
    }
}
