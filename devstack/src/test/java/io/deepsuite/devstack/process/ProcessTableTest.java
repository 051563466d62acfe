package io.deepsuite.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.StackDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    @TempDir
    Path folder;

    private StackDirectory directory;
    private ProcessTable processes;

    @BeforeEach
    void create() {
        directory = new StackDirectory(folder);
        directory.create();
        processes = new ProcessTable(directory);
    }

    @AfterEach
    void end() {
        processes.kill(Component.REDIS);
    }

    @Test
    void laterTableFindsWhatAnEarlierOneStarted() {
        var started = processes.start(Component.REDIS, shell("exec sleep 60"));

        assertThat(new ProcessTable(directory).find(Component.REDIS)).contains(started);
        assertThat(StackDirectory.read(directory.pids().resolve("redis.pid"))).isEqualTo(Long.toString(started.pid()));
    }

    @Test
    void stoppedProcessLeavesNoFile() {
        var started = processes.start(Component.REDIS, shell("exec sleep 60"));

        boolean gently = processes.stop(Component.REDIS, Duration.ofSeconds(10));

        assertThat(gently).isTrue();
        assertThat(started.isAlive()).isFalse();
        assertThat(directory.pids()).isEmptyDirectory();
    }

    @Test
    void processThatIgnoresTheRequestIsEndedAllTheSame() throws Exception {
        var started = processes.start(Component.REDIS, shell("trap '' TERM; echo ready; while :; do sleep 1; done"));
        while (!Files.readString(directory.log(Component.REDIS)).contains("ready")) {
            Thread.onSpinWait();
        }

        boolean gently = processes.stop(Component.REDIS, Duration.ofMillis(300));

        assertThat(gently).isFalse();
        assertThat(started.isAlive()).isFalse();
    }

    @Test
    void foreignProcessUnderARememberedNumberIsLeftAlone() throws Exception {
        Files.writeString(
                directory.identities().resolve("redis"), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");

        assertThat(processes.find(Component.REDIS)).isEmpty();
        assertThat(processes.stop(Component.REDIS, Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void deadProcessIsStillExpectedUntilItIsStopped() {
        processes.start(Component.REDIS, shell("exec sleep 60"));
        processes.kill(Component.REDIS);

        assertThat(processes.find(Component.REDIS)).isEmpty();
        assertThat(processes.isExpected(Component.REDIS)).isTrue();
        processes.stop(Component.REDIS, Duration.ofSeconds(1));
        assertThat(processes.isExpected(Component.REDIS)).isFalse();
    }

    @Test
    void tailShowsTheLastLinesOfTheLog() throws Exception {
        Files.writeString(directory.log(Component.REDIS), "first\n".repeat(20) + "\nlast\n");

        assertThat(processes.tail(Component.REDIS)).endsWith("first\n    last").hasLineCount(9);
    }

    private ProcessSpec shell(String script) {
        return new ProcessSpec(List.of("/bin/sh", "-c", script), Map.of(), folder);
    }
}
