package io.deepsuite.devstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.layout.Installation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root of the checkout, its functions one by one. */
class LauncherScriptTest {
    private static final Path SCRIPT = Installation.find().repository().resolve("deepsuite");
    private static final Instant BUILT = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    Path checkout;

    @Test
    void withoutACommandItExplainsItself() throws Exception {
        var result = run("'" + SCRIPT + "'");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("Usage: ./deepsuite COMMAND");
    }

    @Test
    void nativeExecutablesAreOfServicesOnly() throws Exception {
        var result = run("'" + SCRIPT + "' native local-engine");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).contains("dataprep-service monitor-agent audit-service model-service");
    }

    @Test
    void nothingIsBuiltForABenchmarkThatDoesNotExist() throws Exception {
        var result = run("'" + SCRIPT + "' bench everything");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().strip())
                .endsWith("with one of: native, audit, verify, query")
                .hasLineCount(1);
    }

    @Test
    void chaosWithoutANumberIsRefusedBeforeAnythingIsBuilt() throws Exception {
        var result = run("'" + SCRIPT + "' chaos --kills many");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().strip()).endsWith("N a whole number").hasLineCount(1);
    }

    @Test
    void chaosTrialThatIsNoneIsRefusedAndTheTrialsAreNamed() throws Exception {
        var result = run("'" + SCRIPT + "' chaos --trial auditServiceKilled");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output().strip())
                .contains("no such trial; one of: ", " auditServiceKilledAlone ", " nodeOfTheStorePartitioned")
                .hasLineCount(1);
    }

    @Test
    void folderThatHoldsNoNativeImageIsNamed() throws Exception {
        var result = run("GRAALVM_HOME='" + checkout + "' '" + SCRIPT + "' native");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("GRAALVM_HOME has no bin/native-image: " + checkout);
    }

    @Test
    void moduleThatWasNeverBuiltIsStale() throws Exception {
        write("model-service/src/main/java/A.java", BUILT);

        assertThat(stale("model-service")).isTrue();
    }

    @Test
    void moduleBuiltAfterItsSourcesIsNotStale() throws Exception {
        write("model-service/src/main/java/A.java", BUILT.minusSeconds(10));
        write("model-service/target/quarkus-app/quarkus-run.jar", BUILT);

        assertThat(stale("model-service")).isFalse();
    }

    @Test
    void changeOfALibraryMakesAServiceStale() throws Exception {
        write("model-service/target/quarkus-app/quarkus-run.jar", BUILT);
        write("service-kit/src/main/java/A.java", BUILT.plusSeconds(10));

        assertThat(stale("model-service")).isTrue();
    }

    @Test
    void buildThatChangedNothingCountsAsABuild() throws Exception {
        write("model-service/target/quarkus-app/quarkus-run.jar", BUILT);
        write("model-service/src/main/java/A.java", BUILT.plusSeconds(10));
        write("model-service/target/.deepsuite-built", BUILT.plusSeconds(20));

        assertThat(stale("model-service")).isFalse();
    }

    @Test
    void executableIsAsOldAsItsOwnFile() throws Exception {
        write("model-service/target/model-service", BUILT);
        write("model-service/src/main/java/A.java", BUILT.plusSeconds(10));
        write("model-service/target/.deepsuite-built", BUILT.plusSeconds(20));

        assertThat(stale("model-service '" + checkout + "/model-service/target/model-service'"))
                .isTrue();
    }

    @Test
    void nativeVerifierIsUsedWhileItIsNewerThanItsSources() throws Exception {
        write("pom.xml", BUILT.minusSeconds(10));
        write("audit-proof/pom.xml", BUILT.minusSeconds(10));
        write("audit-proof/src/main/java/A.java", BUILT.minusSeconds(10));
        write("audit-proof/target/verify", BUILT);
        var verifier = checkout.resolve("audit-proof/target/verify");
        Files.writeString(verifier, "#!/bin/sh\necho native \"$@\"\n");
        assertThat(verifier.toFile().setExecutable(true)).isTrue();
        Files.setLastModifiedTime(verifier, FileTime.from(BUILT));
        var ask = "source '" + SCRIPT + "'; ROOT='" + checkout + "'; STACK='" + checkout
                + "/none'; run_proof() { echo \"jvm $*\"; }; command_verify bundle";

        assertThat(run(ask).output().strip()).isEqualTo("native bundle");

        write("audit-proof/src/main/java/A.java", BUILT.plusSeconds(10));
        assertThat(run(ask).output().strip()).isEqualTo("jvm io.deepsuite.proof.cli.Main bundle");
    }

    @Test
    void totalsAddUpAllReports() throws Exception {
        report("a", "tests=\"7\" errors=\"1\" skipped=\"2\" failures=\"1\"");
        report("b", "\n  tests=\"5\" errors=\"0\"\n  skipped=\"0\" failures=\"0\"");

        var result = run("source '" + SCRIPT + "'; ROOT='" + checkout + "'; test_totals");

        assertThat(result.output()).isEqualTo("8 passed, 2 failed, 2 skipped");
    }

    private boolean stale(String arguments) throws Exception {
        var result = run("source '" + SCRIPT + "'; ROOT='" + checkout + "'; if is_stale " + arguments
                + "; then echo stale; else echo fresh; fi");
        assertThat(result.output().strip()).isIn("stale", "fresh");
        return result.output().strip().equals("stale");
    }

    private void report(String name, String counts) throws Exception {
        var file = checkout.resolve("module/target/surefire-reports/TEST-" + name + ".xml");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "<?xml version=\"1.0\"?>\n<testsuite name=\"" + name + "\" time=\"0.1\" " + counts
                        + ">\n<property name=\"x\" tests=\"100\"/>\n</testsuite>\n");
    }

    private void write(String path, Instant time) throws Exception {
        var file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, FileTime.from(time));
    }

    private static Result run(String command) throws Exception {
        var process = new ProcessBuilder("bash", "-c", command)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}
