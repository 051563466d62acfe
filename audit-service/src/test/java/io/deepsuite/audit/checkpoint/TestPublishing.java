package io.deepsuite.audit.checkpoint;

import io.deepsuite.audit.seal.LogStore;
import io.deepsuite.audit.seal.SealConfig;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.InstantSource;
import java.util.List;

/** Signs and publishes for tests of what reads checkpoints; a topic takes everything. */
public final class TestPublishing {

    private final CheckpointDirectory directory;
    private final CheckpointKeys keys;
    private final CheckpointState state = new CheckpointState(InstantSource.system(), new SimpleMeterRegistry());
    private final CheckpointService service;

    /** @param root directory for the checkpoints */
    public TestPublishing(Path root, LogStore logs, CheckpointStore store, SealConfig names)
            throws GeneralSecurityException {
        var config = new TestConfig(root);
        var signer = new PrivateKeySigner(
                TestConfig.NAME, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        keys = new CheckpointKeys(config, List.of(signer));
        directory = new CheckpointDirectory(config, InstantSource.system());
        var publisher = new CheckpointPublisher(directory, new Taking(), state, config, InstantSource.system());
        service = new CheckpointService(logs, store, directory, publisher, keys, state, names);
    }

    /** Signs and publishes once. */
    public void run() throws Exception {
        service.run();
    }

    public CheckpointDirectory directory() {
        return directory;
    }

    public CheckpointKeys keys() {
        return keys;
    }

    public CheckpointState state() {
        return state;
    }

    private static final class Taking extends CheckpointClient {

        @SuppressWarnings("NullAway") // nothing leaves the test
        Taking() {
            super(null);
        }

        @Override
        Uni<Void> send(SignedCheckpoint signed) {
            return Uni.createFrom().voidItem();
        }
    }
}
