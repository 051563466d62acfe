package io.deepsuite.audit.witness;

import io.deepsuite.proof.note.NoteException;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.note.WitnessKey;
import java.util.List;

/** Picks the cosignatures of known witnesses out of what somebody hands in. */
final class Cosignatures {

    private Cosignatures() {}

    /**
     * One cosignature.
     *
     * @param witness who co-signed
     * @param line signature line with its line feed
     */
    record Cosignature(WitnessKey witness, String line) {}

    /**
     * Reads a co-signed checkpoint.
     *
     * @param note what was handed in
     * @param checkpoint text of the checkpoint that it has to be of
     * @return one for each of the witnesses that co-signed, at least one; lines of others are passed over
     * @throws NoteException when it is of another checkpoint, a cosignature is wrong, or none of the witnesses co-signed
     */
    static List<Cosignature> read(String note, String checkpoint, List<WitnessKey> witnesses) {
        var cosigned = SignedNote.parse(note);
        if (!cosigned.text().equals(checkpoint)) {
            throw new IllegalArgumentException("checkpoint: another text (expected: that of the log at this size)");
        }
        var found = witnesses.stream()
                .filter(witness -> witness.cosigned(cosigned).isPresent())
                .map(witness -> new Cosignature(witness, line(cosigned, witness)))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("signed by %s (expected: one of the witnesses %s)"
                    .formatted(
                            cosigned.signatures().stream()
                                    .map(SignedNote.NoteSignature::name)
                                    .toList(),
                            witnesses.stream().map(WitnessKey::name).toList()));
        }
        return found;
    }

    private static String line(SignedNote note, WitnessKey witness) {
        return note.signatures().stream()
                .filter(line -> line.keyId() == witness.keyId() && line.name().equals(witness.name()))
                .findFirst()
                .orElseThrow()
                .line();
    }
}
