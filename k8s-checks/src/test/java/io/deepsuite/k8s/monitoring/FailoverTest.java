package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.k8s.render.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code k8s/failover} against a kubectl that remembers what it was asked, and knows two regions: east, which serves, and west, which follows. */
class FailoverTest {

    private static final Pattern CHANGES = Pattern.compile(" (?:patch|scale|apply|annotate|delete) ");

    @TempDir
    Path folder;

    @BeforeEach
    void putKubectlOnThePath() throws IOException {
        var kubectl = folder.resolve("kubectl");
        try (var script = FailoverTest.class.getResourceAsStream("/failover/kubectl")) {
            Files.write(kubectl, script == null ? new byte[0] : script.readAllBytes());
        }
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void movesFromARegionThatCanBeReached() throws Exception {
        // When
        var run = run(Map.of(), "--from", "east", "--to", "west", "--switch", "echo moved to");

        // Then
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("callers are moved to west");
        assertInOrder(
                run.calls(),
                "--context east .* patch application suite",
                "--context east .* patch service model-service",
                "--context east .* scale statefulset model-service --replicas=0",
                "--context east .* scale statefulset dataprep-service --replicas=0",
                "--context east .* scale statefulset audit-service --replicas=0",
                "--context east .* patch cluster audit-service-db .*hibernation",
                "--context west .* apply -f -",
                "--context west .* patch cluster audit-service-db .*\"enabled\":false",
                "--context west .* scale statefulset audit-service --replicas=2",
                "--context west .* scale statefulset model-service --replicas=3",
                "--context west .* rollout status statefulset/model-service");
    }

    @Test
    void movesFromALostRegionOnlyAfterTheFence() throws Exception {
        // When
        var run = run(
                Map.of(),
                "--lost",
                "power cut, confirmed by the data centre",
                "--fence",
                "echo fenced >> " + folder.resolve("calls"),
                "--to",
                "west",
                "--switch",
                "true");

        // Then
        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.calls()).noneMatch(call -> call.contains("--context east"));
        assertInOrder(run.calls(), "^fenced$", "--context west .* patch cluster audit-service-db");
    }

    @Test
    void refusesWhenTheFenceIsNotConfirmed() throws Exception {
        // When
        var run = run(Map.of(), "--lost", "no answer", "--fence", "false", "--to", "west", "--switch", "true");

        // Then
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.output()).contains("the fence is not confirmed");
        assertNothingChanged(run);
    }

    @ParameterizedTest
    @CsvSource({
        "FAKE_KAFKA, False, its Kafka is ready",
        "FAKE_DATABASE, False, its database of audit-service is ready",
        "FAKE_LAG, 61, at most 60 s behind",
        "FAKE_LAG, 2147483647, at most 60 s behind",
        "FAKE_CERTIFICATE, False, its certificate of model-service is ready",
        "FAKE_TOPIC, deepsuite.audit.v1, writes to a topic of its own",
        "FAKE_REPLICAS, 2, its services are stopped",
        "FAKE_API, down, the API of west answers"
    })
    void refusesWhenTheGateDoes(String what, String value, String reason) throws Exception {
        // When
        var run = run(Map.of(what, value), "--from", "east", "--to", "west", "--switch", "true");

        // Then
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.output()).contains("the gate refuses").contains(reason);
        assertNothingChanged(run);
    }

    @ParameterizedTest
    @CsvSource({
        "FAKE_UNSHIPPED, 7, model-service in east has events that are not shipped",
        "FAKE_AUDIT_LAG, 7, audit-service in east has not stored all events",
        "FAKE_STUCK, yes, pods of model-service in east are still there",
        "FAKE_BEHIND, yes, does not catch up",
        "FAKE_AWAKE, yes, is still awake"
    })
    void promotesNothingWhileTheSourceMayStillWrite(String what, String value, String reason) throws Exception {
        // When
        var run = run(Map.of(what, value), "--from", "east", "--to", "west", "--switch", "true", "--patience", "0");

        // Then
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.output()).contains(reason);
        assertThat(run.calls())
                .noneMatch(call ->
                        call.contains("--context west") && CHANGES.matcher(call).find());
    }

    @Test
    void movesNoCallersToServicesThatAreNotReady() throws Exception {
        // When
        var run = run(
                Map.of("FAKE_ROLLOUT", "late"),
                "--from",
                "east",
                "--to",
                "west",
                "--switch",
                "touch " + folder.resolve("moved") + " #");

        // Then
        assertThat(run.status()).isEqualTo(5);
        assertThat(run.output()).contains("callers were not moved");
        assertThat(folder.resolve("moved")).doesNotExist();
    }

    @Test
    void saysWhenCallersCouldNotBeMoved() throws Exception {
        var run = run(Map.of(), "--from", "east", "--to", "west", "--switch", "false");

        assertThat(run.status()).isEqualTo(5);
        assertThat(run.output()).contains("repeat that command");
    }

    @Test
    void raisesTheEpoch() throws Exception {
        var run = run(Map.of("FAKE_EPOCH", "41"), "--from", "east", "--to", "west", "--switch", "true");

        assertThat(run.output()).contains("epoch 42: west is active");
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        var run = run(Map.of(), "--from", "east", "--to", "west", "--switch", "true", "--dry-run");

        assertThat(run.status()).isZero();
        assertNothingChanged(run);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--to west",
                "--to west --from east",
                "--to west --switch true",
                "--to west --lost gone --switch true",
                "--to west --from east --lost gone --fence true --switch true",
                "--to east --from east --switch true",
                "--to west --from east --switch true --max-lag soon",
                "--to west --from east --switch true --force yes"
            })
    void refusesAWrongCall(String arguments) throws Exception {
        var run = run(Map.of(), arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.calls()).isEmpty();
    }

    @Test
    void theScriptIsClean() {
        assertThat(Promtool.run(folder, "shellcheck", Repository.k8s("failover").toString()))
                .isEmpty();
    }

    private Run run(Map<String, String> fakes, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", Repository.k8s("failover").toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        process.environment().putAll(fakes);
        process.environment().put("FAKE_STATE", folder.toString());
        process.environment().put("DEEPSUITE_FAILOVER_PAUSE", "0.01");
        process.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
        var running = process.start();
        var output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = running.waitFor();
        var calls = folder.resolve("calls");
        return new Run(status, output, Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }

    private static void assertNothingChanged(Run run) {
        assertThat(run.calls()).noneMatch(call -> CHANGES.matcher(call).find());
    }

    private static void assertInOrder(List<String> calls, String... patterns) {
        int from = 0;
        for (var pattern : patterns) {
            int at = from;
            while (at < calls.size()
                    && !Pattern.compile(pattern).matcher(calls.get(at)).find()) {
                at++;
            }
            assertThat(at).as("%s, after line %d of %s", pattern, from, calls).isLessThan(calls.size());
            from = at + 1;
        }
    }

    private record Run(int status, String output, List<String> calls) {}
}
