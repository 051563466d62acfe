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

    static final String LOG = "deepsuite.audit.v1/0";
    static final PrivateKeySigner SIGNER = newSigner();
    static final List<byte[]> EVENTS = events(40);

    @Test
    void acceptsTheWholeLog() throws IOException {
        assertThat(verify(range(EVENTS, 0, 40, 40)))
                .isEqualTo(new Verdict.Valid(
                        40, 0, 0, List.of(LOG + ", leaves 0 to 39 of 40"), 2, Instant.EPOCH, List.of()));
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
        assertThat(new BundleVerifier(List.of(SIGNER.verifier()), List.of(new HeldCheckpoint(kept, Instant.MAX)))
                        .verify(new ByteArrayInputStream(bundle)))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaves 0 to 19",
                        "the log was rewritten: it differs from the checkpoint held of size 20"));
    }

    @Test
    void noticesALogThatWasCutBehindACheckpointThatWasHeld() throws IOException {
        Checkpoint kept = new Checkpoint(LOG, 40, tree(EVENTS, 40).root());
        var before = new BundleVerifier(
                List.of(SIGNER.verifier()), List.of(new HeldCheckpoint(kept, Instant.EPOCH.minusSeconds(1))));
        var after = new BundleVerifier(
                List.of(SIGNER.verifier()), List.of(new HeldCheckpoint(kept, Instant.EPOCH.plusSeconds(1))));

        byte[] bundle = range(EVENTS, 0, 30, 30);

        assertThat(before.verify(new ByteArrayInputStream(bundle)))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaves 30 to 39",
                        "the log was cut: it ends at size 30, and a checkpoint of size 40 was held before the"
                                + " bundle was made"));
        assertThat(after.verify(new ByteArrayInputStream(bundle))).isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void saysWhatOfALogIsAbsent() throws IOException {
        var held = List.of(
                held(LOG, Instant.EPOCH.minusSeconds(1)), held("deepsuite.audit.v1/7", Instant.EPOCH.minusSeconds(1)));

        assertThat(absent(range(EVENTS, 0, 40, 40), List.of())).isEmpty();
        assertThat(absent(range(EVENTS, 0, 20, 40), List.of()))
                .containsExactly(LOG + ", leaves 20 to 39 not here, of 40");
        assertThat(absent(range(EVENTS, 0, 0, 40), List.of()))
                .containsExactly(LOG + ", leaves 0 to 39 not here, of 40");
        assertThat(absent(range(EVENTS, 5, 40, 40), List.of()))
                .containsExactly(LOG + ", leaves 0 to 39 not here, of 40");
        assertThat(absent(range(EVENTS, 0, 40, 40), held))
                .containsExactly("deepsuite.audit.v1/7, leaves 0 to 39 not here, of a checkpoint that is held since "
                        + Instant.EPOCH.minusSeconds(1));
        assertThat(absent(choice(EVENTS.get(3), 3), held)).containsExactly("no log is here as a run of its leaves");
        assertThat(absent(edit(range(EVENTS, 0, 40, 40), lines -> List.of(lines.getFirst(), "{\"end\":0}")), List.of()))
                .containsExactly("no log is here as a run of its leaves");
    }

    @Test
    void missesTheEndOfASourceThatItsSuccessorTells() throws IOException {
        assertThat(absent(opened(1, 20), List.of())).isEmpty();
        assertThat(absent(opened(1, 22), List.of()))
                .containsExactly("source model-service/a/1, numbers 21 to 22 not here, which its successor tells of");
        assertThat(absent(opened(7, 5), List.of()))
                .containsExactly("source model-service/a/7, numbers 1 to 5 not here, which its successor tells of");
        assertThat(absent(opened(7, 0), List.of())).isEmpty();
        assertThat(absent(opened(7, Long.MAX_VALUE), List.of())).isEmpty();
    }

    /** All events, and the first one of boot 8 of model-service. */
    private static byte[] opened(long previousBoot, long previousSequence) throws IOException {
        var open = UnknownFieldSet.newBuilder()
                .addField(3, source("model-service", 8, 1))
                .addField(5, text("journal.open"))
                .mergeField(16, entry("previous_boot", previousBoot))
                .mergeField(16, entry("previous_sequence", previousSequence))
                .build();
        var events = new ArrayList<>(EVENTS);
        events.add(open.toByteArray());
        return range(events, 0, 41, 41);
    }

    private static Field entry(String key, long value) {
        var entry = UnknownFieldSet.newBuilder().addField(1, text(key)).addField(2, text(Long.toString(value)));
        return Field.newBuilder()
                .addLengthDelimited(entry.build().toByteString())
                .build();
    }

    @Test
    void tellsAnOldExportFromOneThatIsOnItsWay() throws IOException {
        var soon = Instant.EPOCH.plus(HeldCheckpoints.ON_ITS_WAY);
        var late = soon.plusSeconds(1);
        byte[] bundle = range(EVENTS, 0, 30, 30);

        assertThat(absent(bundle, List.of(held(LOG, soon)))).isEmpty();
        assertThat(absent(bundle, List.of(held(LOG, late))))
                .containsExactly(LOG + ", leaves 30 to 39 not here, of a checkpoint that is held since " + late);
        assertThat(absent(bundle, List.of(held("deepsuite.audit.v1/7", soon)))).isEmpty();
    }

    @Test
    void believesTheEarliestTimeThatACheckpointIsHeldSince() throws IOException {
        var early = held(LOG, Instant.EPOCH.minusSeconds(1));
        var late = held(LOG, Instant.EPOCH.plusSeconds(1));

        for (var held : List.of(List.of(early, late), List.of(late, early))) {
            assertThat(verify(range(EVENTS, 0, 30, 30), held).summary()).contains("the log was cut");
        }
    }

    @Test
    void refusesABundleThatDoesNotSayWhenItWasMade() throws IOException {
        byte[] bundle = edit(range(EVENTS, 0, 40, 40), lines -> {
            lines.set(0, "{\"bundle\":\"deepsuite-audit/1\"}");
            return lines;
        });

        assertThat(verify(bundle))
                .isEqualTo(new Verdict.Invalid("line 1", "created: nothing (expected: a time in UTC)"));
    }

    private static HeldCheckpoint held(String log, Instant since) {
        return new HeldCheckpoint(new Checkpoint(log, 40, tree(EVENTS, 40).root()), since);
    }

    private static List<String> absent(byte[] bundle, List<HeldCheckpoint> held) {
        return ((Verdict.Valid) verify(bundle, held)).absent();
    }

    private static Verdict verify(byte[] bundle, List<HeldCheckpoint> held) {
        return new BundleVerifier(List.of(SIGNER.verifier()), held).verify(new ByteArrayInputStream(bundle));
    }

    @Test
    void noticesAForkAmongTheCheckpointsHeld() throws IOException {
        List<byte[]> other = new ArrayList<>(EVENTS);
        other.set(3, event(service(3), 2, "somebody else"));
        var held = List.of(
                new HeldCheckpoint(new Checkpoint(LOG, 20, tree(EVENTS, 20).root()), Instant.MAX),
                new HeldCheckpoint(new Checkpoint(LOG, 20, tree(other, 20).root()), Instant.MAX));

        Verdict verdict = new BundleVerifier(List.of(SIGNER.verifier()), held)
                .verify(new ByteArrayInputStream(range(EVENTS, 0, 40, 40)));

        assertThat(verdict.summary()).contains("the log was forked");
    }

    @Test
    void findsAFaultBetweenTwoSignedCheckpoints() throws IOException {
        List<byte[]> forged = new ArrayList<>(EVENTS);
        forged.set(15, event(service(15), 8, "somebody else"));
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            for (int leaf = 0; leaf < 40; leaf++) {
                writer.event(forged.get(leaf));
                if (leaf == 9 || leaf == 19 || leaf == 29) {
                    writer.signed(note(EVENTS, leaf + 1));
                }
            }
            writer.endRange(tree(EVENTS, 40).consistencyProof(40), note(EVENTS, 40));
            writer.end();
        }

        assertThat(verify(out.toByteArray()))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaves 10 to 19", "the events are not those that the checkpoint of size 20 signed"));
    }

    @Test
    void namesTheLeafWhereTheStoreHoldsAnotherEventThanWasSealed() throws IOException {
        byte[] changed = EVENTS.get(7).clone();
        changed[changed.length - 1] ^= 1;

        assertThat(verify(withLeaf(7, writer -> writer.event(changed, TreeHash.ofLeaf(EVENTS.get(7))))))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaf 7", "the event was changed: it is not the one that was sealed here"));
        assertThat(verify(withLeaf(7, writer -> writer.event(EVENTS.get(7), TreeHash.ofLeaf(EVENTS.get(7))))))
                .isInstanceOf(Verdict.Valid.class);
        assertThat(verify(withLeaf(7, writer -> writer.lost(TreeHash.ofLeaf(EVENTS.get(7))))))
                .isEqualTo(new Verdict.Invalid(LOG + ", leaf 7", "the event was deleted: only its leaf hash is left"));
    }

    @Test
    void acceptsLeavesWithheldFromTheReader() throws IOException {
        byte[] bundle = withLeaf(7, writer -> writer.withheld(leafOf(7), leafOf(7)));

        assertThat(verify(bundle))
                .isEqualTo(new Verdict.Valid(
                        39, 1, 1, List.of(LOG + ", leaves 0 to 39 of 40"), 2, Instant.EPOCH, List.of()));
        assertThat(verify(bundle).summary())
                .contains("1 numbers of sources not seen, which these leaves may have")
                .doesNotContain("nothing missing");
        assertThat(verify(withLeaf(7, writer -> writer.withheld(leafOf(8), leafOf(7))))
                        .summary())
                .contains("leaf 7", "the event was changed");
        assertThat(verify(withLeaf(7, writer -> writer.withheld(leafOf(8), leafOf(8)))))
                .isInstanceOf(Verdict.Invalid.class);
    }

    @Test
    void acceptsNumbersThatCameLateAndNoneTwice() throws IOException {
        List<byte[]> late = new ArrayList<>(EVENTS);
        Collections.swap(late, 10, 30);
        List<byte[]> twice = new ArrayList<>(EVENTS);
        twice.set(30, EVENTS.get(10));

        assertThat(verify(range(late, 0, 40, 40))).isInstanceOf(Verdict.Valid.class);
        assertThat(verify(range(twice, 0, 40, 40)).summary()).contains("leaf 30", "number 6 comes twice");
    }

    private static TreeHash leafOf(int leaf) {
        return TreeHash.ofLeaf(EVENTS.get(leaf));
    }

    private interface Leaf {
        void write(BundleWriter writer) throws IOException;
    }

    /** The whole log with one leaf written in another way. */
    private static byte[] withLeaf(int place, Leaf other) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            writer.beginRange(LOG, Frontier.empty());
            for (int leaf = 0; leaf < 40; leaf++) {
                if (leaf == place) {
                    other.write(writer);
                } else {
                    writer.event(EVENTS.get(leaf));
                }
            }
            writer.endRange(tree(EVENTS, 40).consistencyProof(40), note(EVENTS, 40));
            writer.end();
        }
        return out.toByteArray();
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
            writer.end();
        }
        return out.toByteArray();
    }

    private static byte[] choice(byte[] event, int leaf) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            writer.beginChoice(LOG, note(EVENTS, 40));
            writer.chosen(event, tree(EVENTS, 40).inclusionProof(leaf));
            writer.endChoice(1);
            writer.end();
        }
        return out.toByteArray();
    }

    static String note(List<byte[]> events, int size) {
        var checkpoint = new Checkpoint(LOG, size, tree(events, size).root());
        return SignedNote.sign(checkpoint.body(), List.of(SIGNER)).toText();
    }

    static TiledTree tree(List<byte[]> events, int size) {
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

    static String service(int leaf) {
        return leaf % 2 == 0 ? "model-service" : "dataprep-service";
    }

    static byte[] event(String service, long sequence, String actor) {
        return UnknownFieldSet.newBuilder()
                .addField(1, text("event-" + service + sequence))
                .addField(3, source(service, 1, sequence))
                .addField(6, text(actor))
                .build()
                .toByteArray();
    }

    private static Field source(String service, long boot, long sequence) {
        ByteString source = UnknownFieldSet.newBuilder()
                .addField(1, text(service))
                .addField(2, text("a"))
                .addField(3, Field.newBuilder().addVarint(boot).build())
                .addField(4, Field.newBuilder().addVarint(sequence).build())
                .build()
                .toByteString();
        return Field.newBuilder().addLengthDelimited(source).build();
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
