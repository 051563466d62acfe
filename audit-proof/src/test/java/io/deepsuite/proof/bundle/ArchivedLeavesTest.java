package io.deepsuite.proof.bundle;

import static io.deepsuite.proof.bundle.BundleVerifierTest.EVENTS;
import static io.deepsuite.proof.bundle.BundleVerifierTest.LOG;
import static io.deepsuite.proof.bundle.BundleVerifierTest.SIGNER;
import static io.deepsuite.proof.bundle.BundleVerifierTest.event;
import static io.deepsuite.proof.bundle.BundleVerifierTest.note;
import static io.deepsuite.proof.bundle.BundleVerifierTest.service;
import static io.deepsuite.proof.bundle.BundleVerifierTest.tree;
import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.proof.merkle.TreeHash;
import io.deepsuite.proof.note.WitnessPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** August has leaves 5 to 24 but leaf 20, which came late and is of another month. */
class ArchivedLeavesTest {

    private static final Set<Integer> AUGUST =
            IntStream.range(5, 25).filter(leaf -> leaf != 20).boxed().collect(Collectors.toSet());

    private static final String LOCATION = "file:///archive/2026-08/";

    @TempDir
    Path root;

    private Path folder = Path.of("");
    private String manifest = "";

    @BeforeEach
    void archive() throws IOException {
        folder = Files.createDirectories(root.resolve("audit-events/2026-08"));
        archive(EVENTS);
    }

    @Test
    void eventsOfTheArchiveCountAsIfTheyStoodInTheBundle() throws IOException {
        assertThat(verify(export(EVENTS, 0, AUGUST), root))
                .isEqualTo(new Verdict.Valid(
                        40, 0, 0, List.of(LOG + ", leaves 0 to 39 of 40"), 2, Instant.EPOCH, List.of()));
        assertThat(verify(export(EVENTS, 12, AUGUST), root.resolve("audit-events")))
                .isInstanceOf(Verdict.Valid.class);
    }

    @Test
    void withoutTheArchiveItSaysWhatItDidNotCheck() throws IOException {
        assertThat(verify(export(EVENTS, 0, AUGUST))).isInstanceOfSatisfying(Verdict.Incomplete.class, incomplete -> {
            assertThat(incomplete.leaves()).isEqualTo(19);
            assertThat(incomplete.checked().events()).isEqualTo(21);
            assertThat(incomplete.archives())
                    .containsExactly(
                            "%s, leaves 5 to 19: said to be in the archive of 2026-08, manifest sha256 %s, %s"
                                    .formatted(LOG, manifest, LOCATION),
                            "%s, leaves 21 to 24: said to be in the archive of 2026-08, manifest sha256 %s, %s"
                                    .formatted(LOG, manifest, LOCATION));
            assertThat(incomplete.summary()).startsWith("NOT CHECKED: 19 leaves are said to be in archives");
        });
    }

    @Test
    void aDeletedEventIsNotHiddenByCallingItArchived() throws IOException {
        for (int deleted : List.of(20, 4, 30)) {
            var leaves = IntStream.concat(AUGUST.stream().mapToInt(leaf -> leaf), IntStream.of(deleted))
                    .boxed()
                    .collect(Collectors.toSet());
            assertThat(verify(export(EVENTS, 0, leaves), root))
                    .isEqualTo(new Verdict.Invalid(
                            LOG + ", leaf " + deleted,
                            "the event was deleted: the archive of 2026-08, where it is said to be, does not have it"));
        }
    }

    @Test
    void anArchiveThatIsNotThereIsNoExcuse() throws IOException {
        Files.move(folder, root.resolve("elsewhere"));

        assertThat(verify(export(EVENTS, 0, AUGUST), root).summary())
                .contains("INVALID: archive of 2026-08: it is not in", "and events are said to be there");
    }

    @Test
    void anotherArchiveThanTheRecordedOneIsRefused() throws IOException {
        // Given
        var bundle = export(EVENTS, 0, AUGUST);
        Files.writeString(folder.resolve("bundle.ndjson.gz"), "no longer");

        // Then
        assertThat(verify(bundle, root).summary()).contains("archive of 2026-08: bundle.ndjson.gz has SHA-256");

        // and when the manifest is made to fit
        var other = new ArrayList<>(EVENTS);
        other.set(7, event(service(7), 4, "somebody else"));
        archive(other);
        assertThat(verify(bundle, root).summary()).contains("archive of 2026-08: manifest.json has SHA-256");

        // and what the export says of it, too
        assertThat(verify(export(EVENTS, 0, AUGUST), root))
                .isEqualTo(new Verdict.Invalid(
                        LOG + ", leaf 7", "the event was changed: the archive of 2026-08 has another one"));
    }

    @Test
    void aNumberThatWasNeverStoredIsMissedAcrossTheArchive() throws IOException {
        // Given
        List<byte[]> numbers = new ArrayList<>();
        for (int leaf = 0; leaf < 40; leaf++) {
            numbers.add(event("model-service", leaf < 30 ? leaf + 1 : leaf + 2, "alice"));
        }
        archive(numbers);

        // Then
        assertThat(verify(export(numbers, 0, AUGUST), root).summary())
                .contains("source model-service/a/1: number 31 is missing");
    }

    @Test
    void refusesArchivesThatWereNotNamedOrWithOddNames() throws IOException {
        var bundle = new String(export(EVENTS, 0, AUGUST), StandardCharsets.UTF_8);

        assertThat(verify(bundle.replace("\"month\":\"2026-08\"", "\"month\":\"2026-07\""), root)
                        .summary())
                .contains("leaf 5: the archive of 2026-07 was not named");
        assertThat(verify(bundle.replace("\"archive\":\"2026-08\"", "\"archive\":\"../../08\""), root)
                        .summary())
                .contains("archive: '../../08' (expected: a month such as 2026-08)");
        assertThat(verify(bundle.replace(manifest, "ab"), root).summary())
                .contains("manifest: 'ab' (expected: SHA-256 in lower-case hex)");
        var line = bundle.lines()
                .filter(each -> each.contains("\"archive\""))
                .findFirst()
                .orElseThrow();
        assertThat(verify(bundle.replace(line, line + "\n" + line.replace(LOCATION, "elsewhere")), root)
                        .summary())
                .contains("archive of 2026-08: it is named twice, and differently");
    }

    private static Verdict verify(String bundle, Path... archives) {
        return verify(bundle.getBytes(StandardCharsets.UTF_8), archives);
    }

    private static Verdict verify(byte[] bundle, Path... archives) {
        return new BundleVerifier(List.of(SIGNER.verifier()), List.of(), WitnessPolicy.NONE, List.of(archives))
                .verify(new ByteArrayInputStream(bundle));
    }

    /** As the job writes it. */
    private void archive(List<byte[]> events) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            write(events, 5, 25, gzip, (writer, leaf) -> {
                if (AUGUST.contains(leaf)) {
                    writer.event(events.get(leaf));
                } else {
                    writer.withheld(TreeHash.ofLeaf(events.get(leaf)), TreeHash.ofLeaf(events.get(leaf)));
                }
            });
        }
        Files.write(folder.resolve("bundle.ndjson.gz"), packed.toByteArray());
        var text =
                "{\"format\": \"deepsuite-audit-archive/1\", \"bundle\": {\"name\": \"bundle.ndjson.gz\", \"sha256\": \"%s\"}}"
                        .formatted(sha256(packed.toByteArray()));
        Files.writeString(folder.resolve("manifest.json"), text);
        manifest = sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As the service writes it when some leaves are, by its account, in the archive of August. */
    private byte[] export(List<byte[]> events, int from, Set<Integer> archived) throws IOException {
        var out = new ByteArrayOutputStream();
        var named = new ArrayList<String>();
        write(events, from, 40, out, (writer, leaf) -> {
            if (!archived.contains(leaf)) {
                writer.event(events.get(leaf));
                return;
            }
            if (named.isEmpty()) {
                writer.archive("2026-08", manifest, LOCATION);
                named.add("2026-08");
            }
            writer.archived(TreeHash.ofLeaf(events.get(leaf)), "2026-08");
        });
        return out.toByteArray();
    }

    private static void write(List<byte[]> events, int from, int to, OutputStream out, Leaf leaves) throws IOException {
        try (var writer = new BundleWriter(out, Instant.EPOCH)) {
            writer.beginRange(LOG, tree(events, from).frontier());
            for (int leaf = from; leaf < to; leaf++) {
                leaves.write(writer, leaf);
            }
            writer.endRange(tree(events, 40).consistencyProof(to), note(events, 40));
            writer.end();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private interface Leaf {
        void write(BundleWriter writer, int leaf) throws IOException;
    }
}
