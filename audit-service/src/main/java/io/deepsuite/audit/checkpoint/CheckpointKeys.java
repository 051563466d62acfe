package io.deepsuite.audit.checkpoint;

import io.deepsuite.proof.note.NoteSigner;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.PemKey;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that sign, those of the files and every {@link NoteSigner} bean, such as one for a key management service; and those that signed once. Unreadable keys
 * stop the start.
 */
@Startup
@Singleton
public class CheckpointKeys {

    private final List<NoteSigner> signers;
    private final List<NoteVerifier> verifiers;

    CheckpointKeys(CheckpointConfig config, @All List<NoteSigner> others) {
        List<NoteSigner> all = new ArrayList<>();
        config.keyFiles().forEach(file -> all.add(new PrivateKeySigner(config.keyName(), PemKey.read(file))));
        all.addAll(others);
        signers = List.copyOf(all);
        var retired = config.retiredKeys().orElse(List.of()).stream().map(NoteVerifier::parse);
        verifiers = Stream.concat(signers.stream().map(NoteSigner::verifier), retired)
                .distinct()
                .toList();
        SignedNote.sign("self-test\n", signers)
                .verify(signers.stream().map(NoteSigner::verifier).toList());
    }

    /** Signs a text with every key. */
    SignedNote sign(String text) {
        return SignedNote.sign(text, signers);
    }

    /** Public halves of the keys whose signatures count: those that sign now, then those that did. */
    public List<NoteVerifier> verifiers() {
        return verifiers;
    }
}
