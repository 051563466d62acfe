package io.deepsuite.proof.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import io.deepsuite.proof.note.WitnessKey;
import io.deepsuite.proof.witness.WitnessRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessMainTest {

    private static final String LOG = "deepsuite.audit.v1/0";
    private static final Instant NOW = Instant.parse("2026-11-28T04:00:00Z");
    private static final TreeHash A = TreeHash.ofLeaf(new byte[] {1});
    private static final TreeHash B = TreeHash.ofLeaf(new byte[] {2});

    @TempDir
    Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrivateKeySigner log;

    WitnessMainTest() throws Exception {
        log = new PrivateKeySigner(
                "deepsuite-audit", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    @BeforeEach
    void makeKey() throws Exception {
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    @Test
    void cosignsAndRemembersHowFar() {
        assertThat(size()).isEqualTo("0\n");

        assertThat(witness(request(0, List.of(), 1, A), "-")).isZero();

        var cosigned = SignedNote.parse(taken(out));
        assertThat(WitnessKey.parse(publicKey()).cosigned(cosigned)).contains(NOW);
        assertThat(size()).isEqualTo("1\n");
        assertThat(witness(request(1, List.of(B), 2, TreeHash.ofNode(A, B)), "-"))
                .isZero();
        taken(out);
        assertThat(size()).isEqualTo("2\n");
    }

    @Test
    void saysInOneLineWhyItRefuses() {
        witness(request(0, List.of(), 2, TreeHash.ofNode(A, B)), "-");
        taken(out);

        assertThat(witness(request(2, List.of(), 1, A), "-")).isEqualTo(1);

        assertThat(taken(out)).isEmpty();
        assertThat(taken(err).lines())
                .containsExactly(
                        "witness: REFUSED: log " + LOG + " has shrunk: its size is 1, and size 2 was co-signed before");
    }

    @Test
    void saysWhyItCouldNotLook() throws IOException {
        assertThat(witness("nonsense", "-")).isEqualTo(2);
        assertThat(witness("x".repeat(70_000), "-")).isEqualTo(2);
        assertThat(witness("", "missing")).isEqualTo(2);
        assertThat(run("", "--name", "w")).isEqualTo(2);
        assertThat(run("", "--size", LOG)).isEqualTo(2);
        assertThat(taken(err).lines())
                .containsExactly(
                        "witness: request: no empty line before the checkpoint",
                        "witness: request: more than 65536 bytes",
                        "witness: no such file: missing",
                        "witness: no --key was given; --help says more",
                        "witness: no --state was given; --help says more");
        assertThat(run("", "--help")).isZero();
    }

    private String publicKey() {
        assertThat(run("", "--name", "witness.example/w1", "--key", key())).isZero();
        return taken(out);
    }

    private String size() {
        assertThat(run("", "--state", state(), "--size", LOG)).isZero();
        return taken(out);
    }

    private int witness(String in, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--name",
                "witness.example/w1",
                "--key",
                key(),
                "--log-key",
                log.verifier().toText(),
                "--state",
                state()));
        arguments.addAll(List.of(more));
        return run(in, arguments.toArray(String[]::new));
    }

    private int run(String in, String... arguments) {
        return WitnessMain.run(
                arguments,
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                InstantSource.fixed(NOW));
    }

    private String key() {
        return directory.resolve("key.pem").toString();
    }

    private String state() {
        return directory.resolve("state").toString();
    }

    private static String taken(ByteArrayOutputStream stream) {
        var text = stream.toString(StandardCharsets.UTF_8);
        stream.reset();
        return text;
    }

    private String request(long oldSize, List<TreeHash> path, long size, TreeHash root) {
        var checkpoint = new Checkpoint(LOG, size, root);
        return new WitnessRequest(oldSize, path, SignedNote.sign(checkpoint.body(), List.of(log)), checkpoint).toText();
    }
}
