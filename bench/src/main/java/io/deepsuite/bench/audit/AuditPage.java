package io.deepsuite.bench.audit;

import io.deepsuite.bench.audit.AuditBenchmark.AuditOutcome;
import io.deepsuite.bench.report.Spread;
import java.util.List;
import java.util.Locale;

/** The measurements as a table for people. */
final class AuditPage {

    private AuditPage() {}

    static String of(AuditOutcome outcome) {
        var page = new StringBuilder("""
                # Audit events from Kafka to PostgreSQL

                Made by `./deepsuite bench audit`: %,d events a round, %d rounds, one contestant after the other in each. Events a second from the first row that could be
                seen to the last. PostgreSQL with fsync %s and synchronous_commit %s; tables grow from round to round. audit-service (%s) and Kafka Connect are
                processes that start anew for each round; the others run in a process that is warm after the first. Every event speaks of one of 500 people, sealed as
                a journal seals them before the clock starts; their keys are in `subject_key` before audit-service starts.

                | contestant | does |
                | --- | --- |
                | audit-service | Kafka, checks of each event, `audit_event` with %d indexes and `audit_event_key` with %d, deduplication, position, Merkle tree, completeness, in one transaction a batch |
                | Debezium JDBC sink | Kafka (JSON with schema), upsert by UNNEST into 6 columns with 1 index, 3 tasks, batches of 2,000 |
                | bare insert | no Kafka: prepared rows by UNNEST into a table like `audit_event` with its %d indexes, 3 connections, batches of 2,000 |
                | UNNEST × N | as the bare insert, over N connections, and with each batch a row like those of `ingest_batch` in its transaction |
                | COPY × N | as UNNEST × N, by COPY in binary format; with the JDBC driver, as that of audit-service has no COPY |

                The last five insert the same rows in the same order, each into a table of its own, which autovacuum leaves alone. audit-service inserts by UNNEST: one
                statement fills `audit_event`, `audit_event_key` and `audit_event_late` from one set of arrays, where COPY fills one table at a time, and values that
                PostgreSQL refused are tried with ON CONFLICT, which COPY does not know. An event that is there already ends the transaction either way.

                Machine: %s.

                """.formatted(
                        outcome.events(),
                        outcome.rates().values().iterator().next().size(),
                        outcome.settings().get("fsync"),
                        outcome.settings().get("synchronous_commit"),
                        outcome.packaging().name().toLowerCase(Locale.ROOT),
                        outcome.indexes().ofEvents(),
                        outcome.indexes().ofKeys(),
                        outcome.indexes().ofEvents(),
                        outcome.machine().describe()));
        page.append("| contestant | events/s, median | each round | audit-service is | times the bare insert |\n");
        page.append("| --- | --- | --- | --- | --- |\n");
        outcome.rates().forEach((name, rates) -> page.append(row(name, rates, outcome)));
        return page.append(copies(outcome)).toString();
    }

    private static String row(String name, List<Double> rates, AuditOutcome outcome) {
        return "| %s | %,.0f | %s | %s times as fast | %s |%n"
                .formatted(
                        name,
                        Spread.of(rates).median(),
                        String.join(", ", rates.stream().map("%,.0f"::formatted).toList()),
                        times(outcome.ratio(SuiteContestant.NAME, name)),
                        times(outcome.ratio(name, BareContestant.LIMIT)));
    }

    /** What COPY gains, or does not. */
    private static String copies(AuditOutcome outcome) {
        return "%nCOPY stores %s times what UNNEST does over 1 connection, and %s times over 4.%n"
                .formatted(copyBesideUnnest(outcome, 1), copyBesideUnnest(outcome, 4));
    }

    private static String copyBesideUnnest(AuditOutcome outcome, int connections) {
        return times(outcome.ratio(BareContestant.copy(connections), BareContestant.unnest(connections)));
    }

    private static String times(Spread ratio) {
        return "%.2f (%.2f to %.2f)".formatted(ratio.median(), ratio.min(), ratio.max());
    }
}
