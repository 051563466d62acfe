package io.deepsuite.proof.bundle;

import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.WitnessPolicy;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * Checks a bundle with nothing but the log's public keys: every event is in the signed tree at its place, and nothing is missing between the first and the
 * last of a run. Reads the bundle once, as a stream.
 */
public final class BundleVerifier {

    private final List<NoteVerifier> keys;
    private final List<HeldCheckpoint> held;
    private final WitnessPolicy witnesses;
    private final List<Path> archives;

    /**
     * @param keys public keys of the log, one of which must have signed
     * @param held checkpoints that the auditor kept from earlier; each must be the beginning of the log as far as the bundle shows it
     */
    public BundleVerifier(Collection<NoteVerifier> keys, Collection<HeldCheckpoint> held) {
        this(keys, held, WitnessPolicy.NONE);
    }

    /**
     * The same with witnesses, who have to have co-signed a checkpoint that covers all leaves of each run, and that of each choice.
     *
     * @param witnesses how many of which
     */
    public BundleVerifier(Collection<NoteVerifier> keys, Collection<HeldCheckpoint> held, WitnessPolicy witnesses) {
        this(keys, held, witnesses, List.of());
    }

    /**
     * The same with archives: a leaf that is said to be archived has to be in one of them. Without any, such leaves are not checked.
     *
     * @param archives folders that hold archived months
     */
    public BundleVerifier(
            Collection<NoteVerifier> keys,
            Collection<HeldCheckpoint> held,
            WitnessPolicy witnesses,
            Collection<Path> archives) {
        this.archives = List.copyOf(archives);
        this.witnesses = witnesses;
        this.keys = List.copyOf(keys);
        this.held = List.copyOf(held);
    }

    /**
     * Checks a bundle.
     *
     * @param in the bundle; not closed
     */
    public Verdict verify(InputStream in) {
        try (var archived = new ArchivedLeaves(archives)) {
            return verify(in, new BundlePass(keys, held, witnesses, archived));
        } catch (Refusal refusal) {
            return refusal.verdict();
        }
    }

    private static Verdict verify(InputStream in, BundlePass pass) {
        try (var blocks = new BundleBlocks(in)) {
            for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
                block.get().lines().forEach(pass::take);
                var fault = block.get().fault();
                if (fault.isPresent()) {
                    return new Verdict.Invalid("line " + (pass.lines() + 1), fault.get());
                }
            }
            return pass.finish();
        }
    }
}
