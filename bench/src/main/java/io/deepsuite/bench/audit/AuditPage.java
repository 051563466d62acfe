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
                processes that start anew for each round; the bare insert runs in a process that is warm after the first. Every event speaks of one of 500 people, sealed as
                a journal seals them before the clock starts; their keys are in `subject_key` before audit-service starts.

                | contestant | does |
                | --- | --- |
                | audit-service | Kafka, checks of each event, `audit_event` with %d indexes and `audit_event_key` with %d, deduplication, position, Merkle tree, completeness, in one transaction a batch |
                | Debezium JDBC sink | Kafka (JSON with schema), upsert by UNNEST into 6 columns with 1 index, 3 tasks, batches of 2,000 |
                | bare insert | no Kafka: prepared rows by UNNEST into a table like `audit_event` with its %d indexes, 3 connections, batches of 2,000 |

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
        page.append("| contestant | events/s, median | each round | audit-service is |\n| --- | --- | --- | --- |\n");
        outcome.rates().forEach((name, rates) -> page.append(row(name, rates, outcome.ratio(name))));
        return page.toString();
    }

    private static String row(String name, List<Double> rates, Spread ratio) {
        return "| %s | %,.0f | %s | %.2f times as fast (%.2f to %.2f) |%n"
                .formatted(
                        name,
                        Spread.of(rates).median(),
                        String.join(", ", rates.stream().map("%,.0f"::formatted).toList()),
                        ratio.median(),
                        ratio.min(),
                        ratio.max());
    }
}
