package io.deepsuite.archive.folder;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.archive.folder.FolderArchiver.Outcome;
import io.deepsuite.archive.place.FolderPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArchiverTest {

    private static final Period AGE = Period.ofDays(30);

    @TempDir
    private Path temporary;

    private Path logs;
    private Path archive;
    private Instant now = Instant.parse("2026-11-30T00:00:00Z");
    private FolderArchiver archiver;

    @BeforeEach
    void prepare() throws IOException {
        logs = Files.createDirectory(temporary.resolve("logs"));
        archive = temporary.resolve("archive");
        archiver = new FolderArchiver("training-logs/", logs, new FolderPlace(archive), () -> now);
    }

    @Test
    void copiesAFileWhenItHasTheAgeAndOnlyOnce() throws IOException {
        // Given
        write("run-1/loss.log", "0.5", "2026-10-31T00:00:00Z");
        write("run-2/loss.log", "0.4", "2026-10-31T00:00:01Z");

        // When
        var early = at("2026-11-29T23:59:59Z").archive(AGE);
        var due = at("2026-11-30T00:00:00Z").archive(AGE);
        var again = at("2026-11-30T00:00:00.5Z").archive(AGE);

        // Then
        assertThat(early).isEqualTo(new Outcome(0, 0));
        assertThat(due).isEqualTo(new Outcome(1, 0));
        assertThat(again).isEqualTo(new Outcome(0, 0));
        assertThat(files())
                .hasSize(2)
                .contains("training-logs/manifest-2026-11-30T00-00-00Z.json")
                .anyMatch(name -> name.matches("training-logs/run-1/loss\\.log\\.[0-9a-f]{64}\\.gz"));
        assertThat(text(copy("run-1"))).isEqualTo("0.5");
        assertThat(Files.readString(archive.resolve("training-logs/manifest-2026-11-30T00-00-00Z.json")))
                .contains("\"path\" : \"run-1/loss.log\"", "\"modified\" : \"2026-10-31T00:00:00Z\"", "\"bytes\" : 3")
                .contains(archive.relativize(copy("run-1")).toString());
        assertThat(logs.resolve("run-1/loss.log")).exists();
    }

    @Test
    void aFileThatChangedAfterItWasCopiedGetsAnotherCopy() throws IOException {
        // Given
        write("run-1/loss.log", "0.5", "2026-10-01T00:00:00Z");
        archiver.archive(AGE);
        write("run-1/loss.log", "0.3", "2026-10-02T00:00:00Z");

        // When
        var outcome = at("2026-12-01T00:00:00Z").archive(AGE);

        // Then
        assertThat(outcome).isEqualTo(new Outcome(1, 0));
        assertThat(files().stream().filter(name -> name.endsWith(".gz"))).hasSize(2);
    }

    @Test
    void removesAFileWhoseCopyIsTheSameAndNoOther() throws IOException {
        // Given
        write("run-1/loss.log", "0.5", "2026-10-01T00:00:00Z");
        write("run-2/loss.log", "0.4", "2026-10-01T00:00:00Z");
        archiver.archive(AGE);
        write("run-3/loss.log", "0.3", "2026-10-01T00:00:00Z"); // has no copy
        write("run-4/loss.log", "0.2", "2026-11-29T00:00:00Z"); // young
        Files.copy(copy("run-1"), temporary.resolve("other"));
        Files.write(copy("run-2"), Files.readAllBytes(temporary.resolve("other")));

        // When
        var outcome = archiver.delete(AGE);

        // Then
        assertThat(outcome).isEqualTo(new Outcome(1, 2));
        assertThat(logs.resolve("run-1/loss.log")).doesNotExist();
        assertThat(logs.resolve("run-2/loss.log")).exists();
        assertThat(logs.resolve("run-3/loss.log")).exists();
        assertThat(logs.resolve("run-4/loss.log")).exists();
        assertThat(text(copy("run-1"))).isEqualTo("0.5");
    }

    @Test
    void leavesLinksAlone() throws IOException {
        // Given
        var outside = Files.writeString(temporary.resolve("outside"), "secret");
        Files.setLastModifiedTime(outside, FileTime.from(Instant.EPOCH));
        Files.createSymbolicLink(logs.resolve("link"), outside);

        // Then
        assertThat(archiver.archive(AGE)).isEqualTo(new Outcome(0, 0));
        assertThat(archiver.delete(AGE)).isEqualTo(new Outcome(0, 0));
        assertThat(outside).exists();
    }

    private FolderArchiver at(String time) {
        now = Instant.parse(time);
        return archiver;
    }

    private void write(String path, String text, String modified) throws IOException {
        var file = logs.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
    }

    private Path copy(String run) throws IOException {
        return archive.resolve(
                files().stream().filter(name -> name.contains(run)).findFirst().orElseThrow());
    }

    private List<String> files() throws IOException {
        try (var files = Files.walk(archive)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> archive.relativize(file).toString())
                    .toList();
        }
    }

    private static String text(Path packed) throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
