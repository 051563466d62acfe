package io.deepsuite.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.audit.v1.Operation;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnauditedReadsTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Flaky journal = new Flaky();

    /** A journal that takes events only when it may. */
    private static final class Flaky implements AuditJournal {

        private final List<AuditEvent> events = new CopyOnWriteArrayList<>();
        private volatile boolean writable;

        @Override
        public Uni<AuditEvent> append(AuditEvent.Builder event) {
            if (!writable) {
                return Uni.createFrom().failure(new DeepsuiteException(ErrorReason.AUDIT_UNAVAILABLE, "no room"));
            }
            var durable = event.build();
            events.add(durable);
            return Uni.createFrom().item(durable);
        }
    }

    private UnauditedReads reads(String... actions) {
        return new UnauditedReads(
                TestConfig.in(Path.of("unused")).failingOpen(Set.of(actions)), journal, registry, CLOCK);
    }

    @Test
    void servesNothingUnlessItIsConfigured() {
        assertThat(reads().serves(Operation.OPERATION_READ, "model.list")).isFalse();
        assertThat(reads("model.list").serves(Operation.OPERATION_READ, "model.list"))
                .isTrue();
        assertThat(reads("model.list").serves(Operation.OPERATION_UPDATE, "model.list"))
                .isFalse();
        assertThat(reads("model.list").serves(Operation.OPERATION_READ, "model.get"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.create", "inference.chat", "text.unmask", "audit-log.cosign", "model.lst"})
    void refusesToStartWithWhatMustNotGoUnaudited(String action) {
        assertThatThrownBy(() -> reads("model.list", action))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "deepsuite.journal.fail-open-reads: %s (expected: of [audit-event.export, ".formatted(action));
    }

    @Test
    void tellsHowManyAreMissingOnceTheJournalTakesEvents() {
        // Given
        var reads = reads("model.list", "audit-event.query");
        reads.missed("model.list");
        reads.missed("audit-event.query");
        reads.missed("model.list");
        assertThat(journal.events).isEmpty();

        // When
        journal.writable = true;

        // Then
        Awaitility.await().atMost(PATIENCE).until(() -> !journal.events.isEmpty());
        assertThat(journal.events).singleElement().satisfies(event -> {
            assertThat(event.getAction()).isEqualTo("journal.unaudited");
            assertThat(event.getOperation()).isEqualTo(Operation.OPERATION_READ);
            assertThat(event.getAttributesMap())
                    .isEqualTo(Map.of(
                            "since", "2026-11-22T10:00:00Z",
                            "model_list", "2",
                            "audit_event_query", "1"));
        });
        assertThat(registry.get("deepsuite.audit.unaudited")
                        .tag("action", "model.list")
                        .counter()
                        .count())
                .isEqualTo(2);

        // and those of the next time once more
        reads.missed("model.list");
        assertThat(journal.events.getLast().getAttributesMap()).containsEntry("model_list", "1");
        assertThat(journal.events).hasSize(2);
    }

    /**
     * What the methods of all services declare, read from their sources, as no process holds them all. A read that is not in the list is refused like a change,
     * so a new one is safe before anybody has thought of it.
     */
    @Test
    void onlyWhatIsDeclaredAsAReadAndIsNoStepOfAnInferenceMayGoUnaudited() throws IOException {
        // Given
        var rest = Pattern.compile("@Audited\\(\\s*operation = Operation\\.OPERATION_READ,\\s*action = \"([^\"]+)\"");
        var grpc = Pattern.compile("operation: OPERATION_READ\\s+action: \"([^\"]+)\"");

        // When
        Set<String> reads = new TreeSet<>(found(rest, ".java"));
        reads.addAll(found(grpc, ".proto"));
        reads.removeIf(action -> action.startsWith("inference.") || action.startsWith("text."));

        // Then
        assertThat(reads).containsAll(UnauditedReads.ALLOWED);
    }

    private static Set<String> found(Pattern declaration, String suffix) throws IOException {
        Set<String> actions = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path sources : modules.map(module -> module.resolve("src/main"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    for (Path file : files.filter(each -> each.toString().endsWith(suffix))
                            .toList()) {
                        declaration.matcher(Files.readString(file)).results().forEach(hit -> actions.add(hit.group(1)));
                    }
                }
            }
        }
        return actions;
    }
}
