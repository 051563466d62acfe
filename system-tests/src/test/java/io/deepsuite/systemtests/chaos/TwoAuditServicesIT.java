package io.deepsuite.systemtests.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.systemtests.suite.HandMade;
import io.deepsuite.systemtests.suite.Suite;
import io.deepsuite.systemtests.suite.SuiteExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two audit services share the partitions and sign the same logs, as the pods of their StatefulSet do, and take over from each other. */
@ExtendWith(SuiteExtension.class)
class TwoAuditServicesIT {

    private static final List<String> GROUPS = List.of("audit-service", "audit-service-subject-keys");
    private static final Set<Integer> PARTITIONS = Set.of(0, 1, 2);
    private static final String FIRST = "local";
    private static final String SECOND = "second";
    private static final int SOURCES = 24;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Suite suite;

    TwoAuditServicesIT(Suite suite) {
        this.suite = suite;
    }

    @Test
    void eachTakesOverFromTheOtherThatIsFrozenAndNothingIsStoredTwice() throws Exception {
        try (var second = suite.startSecondStore(Map.of());
                var trial = Trial.of(suite, "two audit services, each frozen in turn")) {
            // Given
            awaitMembers(FIRST, SECOND);

            // When
            freeze(second, FIRST);
            awaitMembers(FIRST, SECOND);
            freeze(suite.stack(), SECOND);
            awaitMembers(FIRST, SECOND);
            trial.awaitAllServed();

            // Then
            second.stop(Component.AUDIT_SERVICE);
            trial.conclude();
            assertThat(publishedDifferently(second)).isEmpty();
            assertThat(suite.verifier(second.directory())
                            .verify(suite.logs().body("audit-logs/bundle"))
                            .exitCode())
                    .as("what the second has published")
                    .isZero();
        }
    }

    /** Freezes one until the other has stored events of all partitions, and lets it go on. */
    private void freeze(Stack frozen, String other) {
        frozen.pause(Component.AUDIT_SERVICE);
        try {
            awaitMembers(other);
            var sources = Stream.generate(() -> new HandMade(suite, "two-stores"))
                    .limit(SOURCES)
                    .toList();
            sources.forEach(source -> source.send(1, 2));
            var ends = suite.topic().ends();
            await().atMost(PATIENCE).untilAsserted(() -> {
                try (var rows = new StoredRows(suite)) {
                    assertThat(rows.behind(ends)).isEmpty();
                }
            });
        } finally {
            frozen.resume(Component.AUDIT_SERVICE);
        }
    }

    /** Returns when these have all partitions of both topics, each some. */
    private void awaitMembers(String... names) {
        for (var group : GROUPS) {
            await(group).atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                var members = suite.topic().members(group);
                assertThat(members).containsOnlyKeys(names);
                assertThat(members.values()).noneMatch(Set::isEmpty);
                var all = new HashSet<Integer>();
                members.values().forEach(all::addAll);
                assertThat(all).isEqualTo(PARTITIONS);
            });
        }
    }

    /** Files that both have, and that say different things. */
    private List<Path> publishedDifferently(Stack second) throws IOException {
        var ours = suite.stack().directory().published();
        var theirs = second.directory().published();
        try (var files = Files.walk(theirs)) {
            return files.filter(Files::isRegularFile)
                    .map(theirs::relativize)
                    .filter(file -> Files.exists(ours.resolve(file)))
                    .filter(file -> differs(ours.resolve(file), theirs.resolve(file)))
                    .toList();
        }
    }

    private static boolean differs(Path one, Path other) {
        try {
            return Files.mismatch(one, other) >= 0;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
