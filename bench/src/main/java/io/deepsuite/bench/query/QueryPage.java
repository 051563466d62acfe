package io.deepsuite.bench.query;

import io.deepsuite.bench.query.QueryOutcome.Measured;
import io.deepsuite.bench.report.Latency;
import java.util.Locale;
import java.util.stream.Collectors;

/** The measurements as a table for people. */
final class QueryPage {

    private QueryPage() {}

    static String of(QueryOutcome outcome) {
        var store = outcome.store();
        return """
                # Asking the audit trail

                Made by `./deepsuite bench query`: %,d events of %d months (%.0f bytes each; %.1f GiB with indexes), 85 %% of them the auditor's tenant's, in tables and indexes as the
                migrations make them. Rows were copied past ingest, indexes built behind them, every month analyzed. PostgreSQL with %s of shared buffers. The questions go to
                audit-service (%s) over TLS with a client certificate and a token, 100 events a page, one after the other; each answer waits for its own audit event to
                be on disk. Milliseconds from the request to the last byte of the answer.

                Persons are sealed as journals seal them: each replica of a service makes a key of a person for an hour, when it first writes an event of the person. That makes %,d
                keys, %,d of them of the person who does most. Answers show persons opened. Every page was checked: none of the trail's persons closed, and on pages asked for
                by an actor nobody else.

                Machine: %s; after it %.1f.

                One event by its id, the least that a call costs: %s.

                The longest of the p99 below: %.1f ms.

                | filter | value | page | events | p50 | p99 | longest |
                | --- | --- | --- | --- | --- | --- | --- |
                %s

                Common: a large part of all events. Rare: five in a million, or one. Old: common in the oldest sixth, and gone since, so that a page lies behind millions of newer
                events. Absent: none. "1" is the first page, asked for %d times; "10 to …" and the like are pages of one walk by `nextPageToken`, each asked for once.
                """.formatted(
                        store.rows(),
                        store.months(),
                        store.eventBytes(),
                        store.gibibytes(),
                        store.sharedBuffers(),
                        outcome.packaging().name().toLowerCase(Locale.ROOT),
                        store.keys(),
                        store.busiestKeys(),
                        outcome.machine().describe(),
                        outcome.loadAfter(),
                        inWords(outcome.single()),
                        outcome.worst(),
                        outcome.answers().stream().map(QueryPage::row).collect(Collectors.joining("\n")),
                        QueryBenchmark.FIRST_PAGES);
    }

    private static String inWords(Latency latency) {
        return "p50 %.1f ms, p99 %.1f ms".formatted(latency.p50(), latency.p99());
    }

    private static String row(Measured measured) {
        var latency = measured.latency();
        return "| %s | %s | %s | %,d | %.1f | %.1f | %.1f |"
                .formatted(
                        measured.filter(),
                        measured.sort().name().toLowerCase(Locale.ROOT),
                        measured.page() == 1
                                ? "1"
                                : "%,d to %,d".formatted(measured.page(), measured.page() + latency.calls() - 1),
                        measured.events(),
                        latency.p50(),
                        latency.p99(),
                        latency.max());
    }
}
