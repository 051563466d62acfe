package io.deepsuite.devstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProcessIdentityTest {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void sameNumberWithAnotherStartIsAnotherProcess() {
        var ours = new ProcessIdentity(42, START);

        assertThat(ours.isSameAs(new ProcessIdentity(42, START.plusMillis(900))))
                .isTrue();
        assertThat(ours.isSameAs(new ProcessIdentity(42, START.plus(Duration.ofMinutes(1)))))
                .isFalse();
        assertThat(ours.isSameAs(new ProcessIdentity(43, START))).isFalse();
    }

    @Test
    void survivesItsFile() {
        var identity = new ProcessIdentity(42, START);

        assertThat(ProcessIdentity.parse(identity + "\n")).contains(identity);
    }

    @Test
    void damagedFileIsNoProcess() {
        assertThat(ProcessIdentity.parse("")).isEmpty();
        assertThat(ProcessIdentity.parse("x y")).isEmpty();
        assertThat(ProcessIdentity.parse("42 yesterday")).isEmpty();
        assertThat(ProcessIdentity.parse("42")).isEmpty();
    }

    @Test
    void findsItself() {
        var self = ProcessIdentity.of(ProcessHandle.current()).orElseThrow();

        assertThat(self.find()).contains(ProcessHandle.current());
        assertThat(new ProcessIdentity(self.pid(), self.startedAt().minusSeconds(3_600)).find())
                .isEmpty();
    }
}
