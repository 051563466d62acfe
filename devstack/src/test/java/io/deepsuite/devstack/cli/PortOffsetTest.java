package io.deepsuite.devstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import io.deepsuite.devstack.layout.StackState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases hold addresses, so a stack that was made stays on its ports. The program runs as a process, since it reads its environment. */
class PortOffsetTest {

    @TempDir
    Path directory;

    @BeforeEach
    void makeStack() {
        new StackState(Ports.shifted(1000), Packaging.JVM, true).save(new StackDirectory(directory));
    }

    @Test
    void anotherOffsetThanThatOfTheStackIsRefused() throws IOException, InterruptedException {
        var result = status("2000");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("deepsuite: DEEPSUITE_PORT_OFFSET: 2000, but the stack in " + directory
                        + " was made on other ports");
    }

    @Test
    void offsetOfTheStackIsTaken() throws IOException, InterruptedException {
        assertThat(status("1000").output()).doesNotContain("was made on other ports");
    }

    @Test
    void offsetThatLeadsBeyondThePortsIsRefused() throws IOException, InterruptedException {
        var result = status("70000");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .startsWith("deepsuite: DEEPSUITE_PORT_OFFSET: 70000 (expected: a number that keeps all ports from 1 to"
                        + " 65535)");
    }

    private Result status(String offset) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.deepsuite.devstack.cli.Main",
                        directory.toString(),
                        "status")
                .redirectErrorStream(true);
        builder.environment().put("DEEPSUITE_PORT_OFFSET", offset);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exitCode, String output) {}
}
