package io.deepsuite.proof.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.deepsuite.proof.merkle.ConsistencyProof;
import io.deepsuite.proof.merkle.Frontier;
import io.deepsuite.proof.merkle.Tile;
import io.deepsuite.proof.merkle.TiledTree;
import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.Checkpoint;
import io.deepsuite.proof.note.PrivateKeySigner;
import io.deepsuite.proof.note.SignedNote;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BundleVerifierTest {

    private static final String LOG = "deepsuite.audit.v1/0";
    private static final PrivateKeySigner SIGNER = newSigner();
    private static final List<byte[]> EVENTS = events(40);

    @Test
    void acceptsTheWholeLog() throws IOException {
        assertThat(verify(range(EVENTS, 0, 40, 40)))
                .isEqualTo(new Verdict.Valid(40, List.of(LOG + ": leaves 0 to 39 of 40"), 2));
    }

    @Property(tries = 100)
    void acceptsAnyRunOfALogThatGrewOn(
            @ForAll @IntRange(max = 20) int from, @ForAll @IntRange(min = 21, max = 40) int to) throws IOException {
        assertThat(verify(range(EVENTS, from, to, 40))).isInstanceOf(Verdict.Valid.class);
    }

    @Property(tries = 60)
    void acceptsSingleEvents(@ForAll @IntRange(max = 39) int leaf) throws IOException {
        assertThat(verify(choice(EVENTS.get(leaf), leaf))).isInstanceOf(Verdict.Valid.class);
        byte[] changed = EVENTS.get(leaf).clone();
        changed[changed.length - 1] ^= 1;
        assertThat(verify(choice(changed, leaf)))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaf " + leaf, "the event is not the one that the checkpoint of size 40 signed"));
    }

    @Property(tries = 200)
    void noticesAnyChangedByteOfAnyEvent(@ForAll @IntRange(max = 39) int leaf, @ForAll @IntRange(max = 1_000) int at)
            throws IOException {
        List<byte[]> forged = new ArrayList<>(EVENTS);
        byte[] changed = forged.get(leaf).clone();
        changed[at % changed.length] ^= 4;
        forged.set(leaf, changed);

        assertThat(verify(replaced(range(EVENTS, 0, 40, 40), EVENTS.get(leaf), changed)))
                .isInstanceOf(Verdict.Invalid.class);
    }

    @Property(tries = 40)
    void namesTheEventThatWasDeletedAndItsSource(@ForAll @IntRange(max = 37) int leaf) throws IOException {
        byte[] bundle = edit(range(EVENTS, 0, 40, 40), lines -> {
            lines.remove(leaf + 2);
            return lines;
        });

        Verdict verdict = verify(bundle);

        assertThat(verdict).isInstanceOf(Verdict.Invalid.class);
        assertThat(verdict.summary())
                .contains("source %s/a/1: number %d is missing".formatted(service(leaf), leaf / 2 + 1));
    }

    @Test
    void noticesSwappedEvents() throws IOException {
        byte[] bundle = edit(range(EVENTS, 0, 40, 40), lines -> {
            Collections.swap(lines, 12, 13);
            return lines;
        });

        assertThat(verify(bundle))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaves 0 to 39", "the events are not those that the checkpoint of size 40 signed"));
    }

    @Test
    void noticesATailThatWasCut() throws IOException {
        byte[] bundle = edit(range(EVENTS, 0, 40, 40), lines -> {
            lines.remove(lines.size() - 3);
            return lines;
        });
        byte[] cut = edit(range(EVENTS, 0, 40, 40), lines -> lines.subList(0, 30));

        assertThat(verify(bundle).summary()).contains("the run ends at leaf 39 (expected: 40 events up to leaf 40)");
        assertThat(verify(cut).summary()).contains("the bundle was cut");
    }

    @Test
    void noticesALogThatWasRewrittenAndSignedAgain() throws IOException {
        List<byte[]> rewritten = new ArrayList<>(EVENTS);
        rewritten.set(5, event(service(5), 3, "somebody else"));
        Checkpoint kept = new Checkpoint(LOG, 20, tree(EVENTS, 20).root());

        byte[] bundle = range(rewritten, 0, 40, 40);

        assertThat(verify(bundle)).isInstanceOf(Verdict.Valid.class);
        assertThat(new BundleVerifier(List.of(SIGNER.verifier()), List.of(kept))
                        .verify(new ByteArrayInputStream(bundle)))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaf 20", "the log was rewritten: it differs from the checkpoint held of that size"));
    }

    @Test
    void refusesTheSignatureOfAStranger() throws IOException {
        byte[] bundle = range(EVENTS, 0, 40, 40);

        Verdict verdict = new BundleVerifier(List.of(newSigner("stranger").verifier()), List.of())
                .verify(new ByteArrayInputStream(bundle));

        assertThat(verdict.summary()).contains("no known key signed");
    }

    @Test
    void namesTheLineThatIsNotPartOfABundle() throws IOException {
        byte[] bundle = edit(range(EVENTS, 0, 40, 40), lines -> {
            lines.set(4, "{\"event\":12}");
            return lines;
        });

        assertThat(verify(bundle)).isInstanceOf(Verdict.Invalid.class);
        assertThat(verify("{}".getBytes(StandardCharsets.UTF_8)).summary()).contains("line 1");
    }

    private static Verdict verify(byte[] bundle) {
        return new BundleVerifier(List.of(SIGNER.verifier()), List.of()).verify(new ByteArrayInputStream(bundle));
    }

    private static byte[] range(List<byte[]> events, int from, int to, int size) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            Frontier before = tree(events, from).frontier();
            writer.beginRange(LOG, before);
            for (byte[] event : events.subList(from, to)) {
                writer.event(event);
            }
            ConsistencyProof proof = tree(events, size).consistencyProof(to);
            writer.endRange(proof, note(events, size));
        }
        return out.toByteArray();
    }

    private static byte[] choice(byte[] event, int leaf) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            writer.beginChoice(LOG, note(EVENTS, 40));
            writer.chosen(event, tree(EVENTS, 40).inclusionProof(leaf));
            writer.endChoice(1);
        }
        return out.toByteArray();
    }

    private static String note(List<byte[]> events, int size) {
        var checkpoint = new Checkpoint(LOG, size, tree(events, size).root());
        return SignedNote.sign(checkpoint.body(), List.of(SIGNER)).toText();
    }

    private static TiledTree tree(List<byte[]> events, int size) {
        List<TreeHash> leaves =
                events.subList(0, size).stream().map(TreeHash::ofLeaf).toList();
        return new TiledTree(size, (level, index, width) -> Tile.of(leaves));
    }

    private static byte[] replaced(byte[] bundle, byte[] event, byte[] by) {
        Base64.Encoder base64 = Base64.getEncoder();
        return new String(bundle, StandardCharsets.UTF_8)
                .replace(base64.encodeToString(event), base64.encodeToString(by))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] edit(byte[] bundle, UnaryOperator<List<String>> change) {
        List<String> lines = new ArrayList<>(
                new String(bundle, StandardCharsets.UTF_8).lines().toList());
        return String.join("\n", change.apply(lines)).getBytes(StandardCharsets.UTF_8);
    }

    /** Events of two sources in turn, each with its own sequence from 1. */
    private static List<byte[]> events(int count) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(service(i), i / 2 + 1L, "alice"));
        }
        return events;
    }

    private static String service(int leaf) {
        return leaf % 2 == 0 ? "model-service" : "dataprep-service";
    }

    private static byte[] event(String service, long sequence, String actor) {
        ByteString source = UnknownFieldSet.newBuilder()
                .addField(1, text(service))
                .addField(2, text("a"))
                .addField(3, Field.newBuilder().addVarint(1).build())
                .addField(4, Field.newBuilder().addVarint(sequence).build())
                .build()
                .toByteString();
        return UnknownFieldSet.newBuilder()
                .addField(1, text("event-" + service + sequence))
                .addField(3, Field.newBuilder().addLengthDelimited(source).build())
                .addField(6, text(actor))
                .build()
                .toByteArray();
    }

    private static Field text(String value) {
        return Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value))
                .build();
    }

    private static PrivateKeySigner newSigner() {
        return newSigner("deepsuite-audit");
    }

    private static PrivateKeySigner newSigner(String name) {
        try {
            return new PrivateKeySigner(
                    name, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
