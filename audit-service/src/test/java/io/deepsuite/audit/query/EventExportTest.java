package io.deepsuite.audit.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.audit.tier.Archives;
import io.deepsuite.audit.tier.TierAnswers;
import io.deepsuite.audit.tier.TierSnapshot;
import io.deepsuite.audit.v1.InferenceDetail;
import io.deepsuite.journal.scope.AuditScope;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventExportTest {

    private static final AuditEventFilter FILTER = Requests.actor("mei");
    private static final AuditEventRequest REQUEST = Requests.of(FILTER, 2);

    private final Trail trail = new Trail();
    private final Scope scope = new Scope();

    @Test
    void tellsAtItsEndThatItIsComplete() {
        trail.events = 3;

        assertThat(export(100)).isEqualTo("""
                        {"n":3}
                        {"n":2}
                        {"n":1}
                        {"end":{"events":3,"complete":true,"nextPageToken":"","reason":"OK"}}
                        """);
        assertThat(scope.attributes).isEqualTo(Map.of("item_count", "3", "complete", "true"));
        assertThat(scope.end).isEqualTo("OK");
    }

    @Test
    void isCompleteWithoutEvents() {
        assertThat(export(100))
                .isEqualTo("{\"end\":{\"events\":0,\"complete\":true,\"nextPageToken\":\"\",\"reason\":\"OK\"}}\n");
        assertThat(scope.attributes).containsEntry("item_count", "0");
    }

    @Test
    void endsBehindThePageThatReachesItsLimitAndSaysWhereToGoOn() {
        trail.events = 5;

        assertThat(export(2))
                .isEqualTo("{\"n\":5}\n{\"n\":4}\n{\"end\":{\"events\":2,\"complete\":false,\"nextPageToken\":\""
                        + token(4) + "\",\"reason\":\"OK\"}}\n");
        assertThat(scope.attributes).containsEntry("complete", "false");
        assertThat(scope.end).isEqualTo("OK");
    }

    @Test
    void tellsInItsLastLineWhyItBrokeOffAndWhereToGoOn() {
        trail.events = 5;
        trail.failingCall = 2;

        assertThat(export(100))
                .isEqualTo("{\"n\":5}\n{\"n\":4}\n{\"end\":{\"events\":2,\"complete\":false,\"nextPageToken\":\""
                        + token(4) + "\",\"reason\":\"DATABASE_UNAVAILABLE\"}}\n");
        assertThat(scope.attributes).isEqualTo(Map.of("item_count", "2", "complete", "false"));
        assertThat(scope.end).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @Test
    void isNotCompleteAndNamesTheMonthWhenItReachesIntoAnArchive() {
        trail.events = 1;
        trail.tiersAtCall.put(0, List.of(Archives.away("2026-08")));

        assertThat(export(100)).isEqualTo("{\"n\":1}\n" + end(1, "", "OK"));
        assertThat(scope.attributes).isEqualTo(Map.of("item_count", "1", "complete", "false"));
        assertThat(scope.end).isEqualTo("OK");
    }

    @Test
    void namesAMonthThatLeavesBeforeTheLastPage() {
        trail.events = 3;
        trail.tiersAtCall.put(2, List.of(Archives.away("2026-08")));

        assertThat(export(100)).endsWith("{\"n\":1}\n" + end(3, "", "OK"));
        assertThat(scope.attributes).containsEntry("complete", "false");
    }

    @Test
    void namesAMonthThatComesBackBeforeTheLastPage() {
        trail.events = 3;
        trail.tiersAtCall.put(0, List.of(Archives.away("2026-08")));
        trail.tiersAtCall.put(2, List.of(Archives.back("2026-08", 1)));

        assertThat(export(100)).endsWith("{\"n\":1}\n" + end(3, "", "OK"));
    }

    @Test
    void namesAMonthThatLeavesAndComesBackBetweenPages() {
        trail.events = 5;
        trail.tiersAtCall.put(0, List.of(Archives.back("2026-08", 1)));
        trail.tiersAtCall.put(2, List.of(new TierSnapshot.Month(Archives.of("2026-08"), true, 2)));
        trail.tiersAtCall.put(3, List.of(Archives.back("2026-08", 2)));

        assertThat(export(100)).endsWith("{\"n\":1}\n" + end(5, "", "OK"));
    }

    @Test
    void isCompleteWhenAMonthThatOnceLeftIsThereAllTheTime() {
        trail.events = 1;
        trail.tiersAtCall.put(0, List.of(Archives.back("2026-08", 1)));

        assertThat(export(100)).contains("\"complete\":true").doesNotContain("tiers");
    }

    @Test
    void namesArchivesAtItsLimitAndWhereItBrokeOff() {
        trail.events = 5;
        trail.tiersAtCall.put(0, List.of(Archives.away("2026-08")));

        assertThat(export(2)).endsWith(end(2, token(4), "OK"));

        trail.calls = 0;
        trail.failingCall = 2;
        assertThat(export(100)).endsWith(end(2, token(4), "DATABASE_UNAVAILABLE"));
    }

    /** What left meanwhile is not known then, so the export does not claim to be complete, and goes on behind its last event. */
    @Test
    void breaksOffWhenNobodyKnowsWhatLeft() {
        trail.events = 1;
        trail.tiersFail = true;

        assertThat(export(100))
                .isEqualTo("{\"n\":1}\n{\"end\":{\"events\":1,\"complete\":false,\"nextPageToken\":\"" + token(1)
                        + "\",\"reason\":\"DATABASE_UNAVAILABLE\"}}\n");
        assertThat(scope.attributes).containsEntry("complete", "false");
        assertThat(scope.end).isEqualTo("DATABASE_UNAVAILABLE");
    }

    @Test
    void failsAsAnyCallBeforeItsFirstPage() {
        trail.failingCall = 1;

        assertThatThrownBy(() -> export(100))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(ErrorReason.DATABASE_UNAVAILABLE));
        assertThat(scope.end).isEmpty();
    }

    @Test
    void isNotCompleteWhenItCouldNotBeAudited() {
        trail.events = 1;
        scope.broken = true;

        assertThat(export(100))
                .isEqualTo("{\"n\":1}\n{\"end\":{\"events\":1,\"complete\":false,\"nextPageToken\":\"\","
                        + "\"reason\":\"AUDIT_UNAVAILABLE\"}}\n");
    }

    @Test
    void writesNoLastLineBeforeItIsAudited() throws IOException {
        trail.events = 1;
        var written = new ByteArrayOutputStream();
        scope.atEnd = () -> assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("{\"n\":1}\n");

        new EventExport(trail::page, trail::tiers, REQUEST, 100, new NdjsonLines(), scope).write(written);

        assertThat(written.toString(StandardCharsets.UTF_8)).contains("end");
    }

    @Test
    void readsNoPageAheadOfItsReaderAndTellsWhenThatWentAway() {
        trail.events = 9;
        var export = new EventExport(trail::page, trail::tiers, REQUEST, 100, new NdjsonLines(), scope);

        assertThatThrownBy(() -> export.write(new LeavingReader(3))).isInstanceOf(IOException.class);

        assertThat(trail.calls).isEqualTo(2);
        assertThat(scope.attributes).isEqualTo(Map.of("item_count", "3", "complete", "false"));
        assertThat(scope.end).isEqualTo("CANCELLED");
    }

    private String export(long maxEvents) {
        var written = new ByteArrayOutputStream();
        try {
            new EventExport(trail::page, trail::tiers, REQUEST, maxEvents, new NdjsonLines(), scope).write(written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toString(StandardCharsets.UTF_8);
    }

    /** The last line of an export that lacks August. */
    private static String end(long events, String token, String reason) {
        return "{\"end\":{\"events\":%d,\"complete\":false,\"nextPageToken\":\"%s\",\"reason\":\"%s\"%s}}\n"
                .formatted(events, token, reason, TierAnswers.member(List.of(Archives.of("2026-08"))));
    }

    private static StoredEvent event(int n) {
        return new StoredEvent(Instant.ofEpochSecond(n), new UUID(0, n), "{\"n\":" + n + "}");
    }

    private static String token(int n) {
        return new PageToken(event(n).occurredAt(), event(n).id()).encode(FILTER);
    }

    /** Events numbered from the newest down to 1. */
    private static final class Trail {
        private int events;
        private int calls;
        private int failingCall;
        private boolean tiersFail;

        /** Months that left, by the number of pages after which that is so. */
        private final NavigableMap<Integer, List<TierSnapshot.Month>> tiersAtCall = new TreeMap<>();

        TierSnapshot tiers() {
            if (tiersFail && calls > 0) {
                throw unavailable();
            }
            var since = tiersAtCall.floorEntry(calls);
            return new TierSnapshot(since == null ? List.of() : since.getValue());
        }

        AuditEventPage page(AuditEventRequest request) {
            calls++;
            if (calls == failingCall) {
                throw unavailable();
            }
            int first = request.after()
                    .map(after -> (int) after.occurredAt().getEpochSecond() - 1)
                    .orElse(events);
            List<StoredEvent> found = new ArrayList<>();
            IntStream.iterate(first, n -> n > 0 && found.size() <= request.limit(), n -> n - 1)
                    .forEach(n -> found.add(event(n)));
            return AuditEventPage.merge(request, List.of(found));
        }

        private static DeepsuiteException unavailable() {
            return new DeepsuiteException(
                    ErrorReason.DATABASE_UNAVAILABLE, "the audit store does not answer", Map.of());
        }
    }

    /** Goes away after a number of lines. */
    private static final class LeavingReader extends OutputStream {
        private int lines;

        LeavingReader(int lines) {
            this.lines = lines;
        }

        @Override
        public void write(int octet) throws IOException {
            if (lines == 0) {
                throw new IOException("connection reset");
            }
            lines -= octet == '\n' ? 1 : 0;
        }
    }

    private static final class Scope implements AuditScope {
        private final Map<String, String> attributes = new HashMap<>();
        private String end = "";
        private boolean broken;
        private Runnable atEnd = () -> {};

        @Override
        public AuditScope resource(String id, String version, String digest) {
            return this;
        }

        @Override
        public AuditScope inference(Consumer<InferenceDetail.Builder> change) {
            return this;
        }

        @Override
        public AuditScope attribute(String key, String value) {
            attributes.put(key, value);
            return this;
        }

        @Override
        public Uni<Void> begin() {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> succeed() {
            return ended("OK");
        }

        @Override
        public Uni<Void> fail(ErrorReason reason) {
            return ended(reason.name());
        }

        private Uni<Void> ended(String how) {
            atEnd.run();
            if (end.isEmpty()) {
                end = how;
            }
            return broken
                    ? Uni.createFrom()
                            .failure(new DeepsuiteException(
                                    ErrorReason.AUDIT_UNAVAILABLE, "the event is not durable", Map.of()))
                    : Uni.createFrom().voidItem();
        }
    }
}
