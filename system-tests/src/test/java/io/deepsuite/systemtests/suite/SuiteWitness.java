package io.deepsuite.systemtests.suite;

import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.NoteVerifier;
import io.deepsuite.proof.note.PemKey;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.witness.Witness;
import io.deepsuite.proof.witness.WitnessRequest;
import io.deepsuite.proof.witness.WitnessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The witness that the tests' audit service knows. Its key is that of RFC 8032, section 7.1, test 1: everybody has it, so that a kept stack knows it too. */
public final class SuiteWitness {

    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    private static final Cosigner COSIGNER = cosigner();

    private final Path state;

    /** @param state folder that remembers what was co-signed */
    public SuiteWitness(Path state) {
        this.state = state;
    }

    /** Its public key in text form. */
    public static String key() {
        return COSIGNER.witness().toText();
    }

    /** Co-signs what {@code witness-request} answered. @return the co-signed checkpoint */
    public String cosign(String request, String logKey) throws IOException {
        try (var held = WitnessState.open(state)) {
            return new Witness(COSIGNER, List.of(NoteVerifier.parse(logKey)), held, InstantSource.system())
                    .cosign(WitnessRequest.parse(request))
                    .toText();
        }
    }

    /** Time at which it co-signed a checkpoint; fails if it did not. */
    public static Instant cosigned(String note) {
        return COSIGNER.witness().cosigned(SignedNote.parse(note)).orElseThrow();
    }

    private static Cosigner cosigner() {
        try {
            var file = Files.createTempFile("witness", ".pem");
            var der = HexFormat.of().parseHex("302e020100300506032b657004220420" + SEED);
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                            + "\n-----END PRIVATE KEY-----\n");
            var pair = PemKey.read(file);
            Files.delete(file);
            return new Cosigner("witness.example/w1", pair);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
