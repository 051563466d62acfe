package io.deepsuite.proof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.proof.bundle.BundleWriter;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.Cosigner;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final String LOG = "deepsuite.audit.v1/0";
    /** Source model-service, instance a, boot 1, sequence 1. */
    private static final byte[] EVENT =
            HexFormat.of().parseHex("1a14" + "0a0d6d6f64656c2d73657276696365" + "1201611801" + "2001");

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private PrivateKeySigner signer;
    private byte[] bundle = new byte[0];
    private Optional<Cosigner> cosigner = Optional.empty();

    MainTest() throws Exception {
        signer = new PrivateKeySigner(
                "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    @BeforeEach
    void makeBundle() throws IOException {
        EVENT[1] = (byte) (EVENT.length - 2);
        bundle = bundle(EVENT);
        Files.write(directory.resolve("bundle.ndjson"), bundle);
        Files.createDirectories(directory.resolve("published/keys"));
        Files.writeString(
                directory.resolve("published/keys/one.vkey"), signer.verifier().toText() + "\n");
    }

    @Test
    void saysThatAValidBundleIsValid() {
        assertThat(verify("--published", directory.resolve("published").toString(), file()))
                .isZero();
        assertThat(text(out))
                .contains("valid: 1 events in 1 logs from 1 sources")
                .contains(LOG + ", leaf 0 of 1");
        assertThat(verify("--key", signer.verifier().toText(), file())).isZero();
        assertThat(verify("--key", signer.verifier().toText(), "-")).isZero();
    }

    @Test
    void readsACompressedBundleAndNoticesThatItWasCut() throws IOException {
        // Given
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bundle);
        }
        var whole = Files.write(directory.resolve("bundle.ndjson.gz"), packed.toByteArray());
        var cut = Files.write(
                directory.resolve("cut.ndjson.gz"), Arrays.copyOf(packed.toByteArray(), packed.size() - 20));

        // Then
        assertThat(verify("--key", signer.verifier().toText(), whole.toString()))
                .isZero();
        assertThat(verify("--key", signer.verifier().toText(), cut.toString())).isEqualTo(1);
    }

    @Test
    void callsAPartAPart() throws IOException {
        // Given
        var nothing = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(nothing, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            writer.endRange(new ConsistencyProof(0, 1, List.of()), note(TreeHash.ofLeaf(EVENT)));
            writer.end();
        }
        Files.write(directory.resolve("bundle.ndjson"), nothing.toByteArray());
        var key = signer.verifier().toText();

        // Then
        assertThat(verify("--key", key, file())).isEqualTo(2);
        assertThat(text(out))
                .contains(": A PART: valid: ")
                .contains(LOG + ", leaf 0 not here, of 1")
                .doesNotContain("nothing missing");
        assertThat(verify("--key", key, "--part", file())).isZero();
    }

    @Test
    void saysInOneLineWhatIsWrong() throws IOException {
        Files.writeString(directory.resolve("published/forked.checkpoint"), note(TreeHash.ofLeaf(new byte[] {42})));

        int exit = verify("--published", directory.resolve("published").toString(), file());

        assertThat(exit).isEqualTo(1);
        assertThat(text(out).lines())
                .containsExactly(file() + ": INVALID: " + LOG
                        + ", leaf 0: the log was rewritten: it differs from the checkpoint held of size 1");
    }

    @Test
    void asksForAsManyWitnessesAsItIsTold() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        var witness = new Cosigner("witness.example/w1", generator.generateKeyPair());
        var absent = new Cosigner("witness.example/w2", generator.generateKeyPair());
        var key = signer.verifier().toText();
        var first = witness.witness().toText();
        var second = absent.witness().toText();

        assertThat(verify("--key", key, "--witness", first, file())).isEqualTo(1);
        assertThat(text(out))
                .contains(LOG + ", checkpoint: co-signed by [] (expected: at least 1 of [witness.example/w1])");

        cosigner = Optional.of(witness);
        Files.write(directory.resolve("bundle.ndjson"), bundle(EVENT));

        assertThat(verify("--key", key, "--witness", first, file())).isZero();
        assertThat(verify("--key", key, "--witness", first, "--witness", second, file()))
                .isEqualTo(1);
        assertThat(verify("--key", key, "--witness", first, "--witness", second, "--witnesses", "1", file()))
                .isZero();
        assertThat(verify("--key", key, "--witness", first, "--witnesses", "2", file()))
                .isEqualTo(2);
        assertThat(verify("--key", key, "--witnesses", "one", file())).isEqualTo(2);
        assertThat(text(err).lines())
                .containsExactly(
                        "verify: witnesses: 2 (expected: 0 to 1, as many as were named)",
                        "verify: --witnesses: one (expected: a number)");
    }

    @Test
    void saysWhichLeavesItDidNotLookFor() throws IOException {
        // Given
        var written = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(written, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            writer.archive("2026-08", "ab".repeat(32), "file:///archive/\u001b[2J");
            writer.archived(TreeHash.ofLeaf(EVENT), "2026-08");
            writer.endRange(new ConsistencyProof(1, 1, List.of()), note(TreeHash.ofLeaf(EVENT)));
            writer.end();
        }
        Files.write(directory.resolve("bundle.ndjson"), written.toByteArray());
        var key = signer.verifier().toText();

        // Then
        assertThat(verify("--key", key, file())).isEqualTo(2);
        assertThat(text(out))
                .contains(
                        "NOT CHECKED: 1 leaves are said to be in archives that were not given",
                        "%s, leaf 0: said to be in the archive of 2026-08, manifest sha256 %s, file:///archive/?[2J"
                                .formatted(LOG, "ab".repeat(32)));
        assertThat(verify("--key", key, "--archive", directory.toString(), file()))
                .isEqualTo(1);
        assertThat(text(out)).contains("INVALID: archive of 2026-08: it is not in [" + directory + "]");
    }

    @Test
    void saysWhyItCouldNotLook() {
        assertThat(verify(file())).isEqualTo(2);
        assertThat(verify("--key", "nonsense+1+2", file())).isEqualTo(2);
        assertThat(verify("--published", directory.resolve("published").toString(), "missing"))
                .isEqualTo(2);
        assertThat(text(err)).contains("no key: give --key or --published", "verifier key", "no such file: missing");
        assertThat(verify("--help")).isZero();
    }

    private String file() {
        return directory.resolve("bundle.ndjson").toString();
    }

    private int verify(String... arguments) {
        return Main.run(
                arguments,
                new ByteArrayInputStream(bundle),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    private byte[] bundle(byte[] event) throws IOException {
        var written = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(written, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            writer.event(event);
            writer.endRange(new ConsistencyProof(1, 1, List.of()), note(TreeHash.ofLeaf(event)));
            writer.end();
        }
        return written.toByteArray();
    }

    private String note(TreeHash root) {
        var note = SignedNote.sign(new Checkpoint(LOG, 1, root).body(), List.of(signer));
        return cosigner.map(witness -> witness.cosign(note, Instant.EPOCH))
                .orElse(note)
                .toText();
    }
}
