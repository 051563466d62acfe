package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code k8s/backup-check} on copies of a backup. */
class BackupCheckTest {

    private static final Map<String, String> BACKUP = new TreeMap<>(Map.of("base.tar", "pages", "wal/0001", "log"));

    @TempDir
    Path folder;

    @Test
    void threeCopiesOnTwoMediaAndOneElsewhereAreSafe() throws Exception {
        assertThat(check(
                        copy("a", BACKUP),
                        copy("b", BACKUP),
                        copy("c", BACKUP),
                        "ssd east",
                        "object east",
                        "tape vault"))
                .isEqualTo("0 SAFE: 3 copies, 3 media, 1 away from east");
    }

    @Test
    void twoCopiesAreNot() throws Exception {
        assertThat(check(
                        copy("a", BACKUP),
                        copy("b", BACKUP),
                        folder.resolve("none"),
                        "ssd east",
                        "object west",
                        "tape vault"))
                .startsWith("1 NOT SAFE: 2 whole and equal copies");
    }

    @Test
    void oneMediumIsNot() throws Exception {
        assertThat(check(copy("a", BACKUP), copy("b", BACKUP), copy("c", BACKUP), "ssd east", "ssd east", "ssd west"))
                .startsWith("1 NOT SAFE: 1 medium");
    }

    @Test
    void oneSiteIsNot() throws Exception {
        assertThat(check(copy("a", BACKUP), copy("b", BACKUP), copy("c", BACKUP), "ssd east", "tape east", "ssd east"))
                .startsWith("1 NOT SAFE: no copy away from east");
    }

    @Test
    void aFlippedByteIsSeenWhateverTheListSays() throws Exception {
        // Given
        var damaged = copy("c", BACKUP);
        Files.writeString(damaged.resolve("base.tar"), "pagez");

        // Then
        assertThat(check(copy("a", BACKUP), copy("b", BACKUP), damaged, "ssd east", "object east", "tape vault"))
                .startsWith("1 NOT SAFE: 2 whole and equal copies");
    }

    @Test
    void aFileThatTheListDoesNotNameIsSeen() throws Exception {
        // Given
        var more = copy("c", BACKUP);
        Files.writeString(more.resolve("planted"), "x");

        // Then
        assertThat(check(copy("a", BACKUP), copy("b", BACKUP), more, "ssd east", "object east", "tape vault"))
                .startsWith("1 NOT SAFE");
    }

    @Test
    void anotherBackupIsNoCopy() throws Exception {
        assertThat(check(
                        copy("a", BACKUP),
                        copy("b", BACKUP),
                        copy("c", Map.of("base.tar", "yesterday's")),
                        "ssd east",
                        "object east",
                        "tape vault"))
                .startsWith("1 NOT SAFE: 2 whole and equal copies");
    }

    @Test
    void theScriptIsClean() {
        assertThat(Promtool.run(
                        folder, "shellcheck", Repository.k8s("backup-check").toString()))
                .isEmpty();
    }

    private Path copy(String name, Map<String, String> files) throws IOException, NoSuchAlgorithmException {
        var copy = folder.resolve(name);
        var sums = new StringBuilder();
        for (var file : files.entrySet()) {
            var path = copy.resolve(file.getKey());
            Files.createDirectories(path.resolveSibling(""));
            var content = file.getValue().getBytes(StandardCharsets.UTF_8);
            Files.write(path, content);
            sums.append(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                    .append("  ")
                    .append(file.getKey())
                    .append('\n');
        }
        Files.writeString(copy.resolve("SHA256SUMS"), sums);
        return copy;
    }

    /** Status and last line. */
    private String check(Path one, Path two, Path three, String first, String second, String third) throws Exception {
        var list = folder.resolve("copies");
        Files.writeString(
                list, "# medium site folder\n%s %s\n%s %s\n%s %s\n".formatted(first, one, second, two, third, three));
        var process = new ProcessBuilder(
                        List.of("bash", Repository.k8s("backup-check").toString(), "--site", "east", list.toString()))
                .redirectErrorStream(true)
                .start();
        var lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return process.waitFor() + " " + lines.getLast();
    }
}
