package io.deepsuite.proof.note;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How many of which witnesses have to have co-signed a checkpoint.
 *
 * @param witnesses those that count
 * @param quorum how many of them at least, 0 to their number
 */
public record WitnessPolicy(List<WitnessKey> witnesses, int quorum) {

    /** Asks for no witness. */
    public static final WitnessPolicy NONE = new WitnessPolicy(List.of(), 0);

    public WitnessPolicy {
        witnesses = witnesses.stream().distinct().toList();
        if (quorum < 0 || quorum > witnesses.size()) {
            throw new IllegalArgumentException(
                    "witnesses: %d (expected: 0 to %d, as many as were named)".formatted(quorum, witnesses.size()));
        }
    }

    /**
     * Whether enough of the witnesses co-signed.
     *
     * @throws NoteException when a cosignature of one of them is wrong
     */
    public boolean isMet(SignedNote note) {
        return witnesses.stream()
                        .filter(witness -> witness.cosigned(note).isPresent())
                        .count()
                >= quorum;
    }

    /**
     * Refuses a checkpoint that too few of the witnesses co-signed.
     *
     * @throws NoteException when it does not fit, naming those that did
     */
    public void require(SignedNote note) {
        Collection<String> found = witnesses.stream()
                .filter(witness -> witness.cosigned(note).isPresent())
                .map(WitnessKey::name)
                .sorted()
                .toList();
        if (found.size() < quorum) {
            throw new NoteException("co-signed by %s (expected: at least %d of %s)".formatted(found, quorum, names()));
        }
    }

    private Set<String> names() {
        return new TreeSet<>(witnesses.stream().map(WitnessKey::name).toList());
    }
}
