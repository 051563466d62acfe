package io.deepsuite.bench.verify;

import io.deepsuite.bench.audit.SampleEvents;
import io.deepsuite.bench.subject.StackSubjects;
import io.deepsuite.proof.bundle.BundleWriter;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.GrowingFrontier;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;

/** A bundle of one log as audit-service exports it, with a checkpoint now and then. */
final class SampleBundle {

    private static final String LOG = "deepsuite.audit.v1/0";

    /** Events between two checkpoints: what the default interval takes in at full speed, roughly. */
    private static final int SIGNED_EVERY = 20_000;

    private final PrivateKeySigner signer;
    private final GrowingFrontier frontier = new GrowingFrontier(Frontier.empty());
    private final BundleWriter writer;

    private SampleBundle(PrivateKeySigner signer, BundleWriter writer) {
        this.signer = signer;
        this.writer = writer;
    }

    /**
     * Writes a bundle.
     *
     * @param subjects secrets that the persons of the events are sealed with; nobody opens them
     * @return the public key that it is to be verified with
     */
    static String write(Path file, int events, StackSubjects subjects) throws IOException, GeneralSecurityException {
        var signer = new PrivateKeySigner(
                "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        try (var writer =
                new BundleWriter(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16), Instant.EPOCH)) {
            var bundle = new SampleBundle(signer, writer);
            writer.beginRange(LOG, Frontier.empty());
            new SampleEvents(1, events, subjects).of(0, event -> bundle.add(event.toByteArray()));
            writer.endRange(new ConsistencyProof(events, events, List.of()), bundle.note());
            writer.end();
        }
        return signer.verifier().toText();
    }

    private void add(byte[] event) {
        try {
            writer.event(event);
            frontier.append(TreeHash.ofLeaf(event));
            if (frontier.size() % SIGNED_EVERY == 0) {
                writer.signed(note());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String note() {
        var reached = frontier.frontier();
        return SignedNote.sign(new Checkpoint(LOG, reached.size(), reached.root()).body(), List.of(signer))
                .toText();
    }
}
