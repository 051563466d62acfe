package io.deepsuite.bench.query;

import io.deepsuite.bench.audit.Store;
import io.deepsuite.bench.query.QueryOutcome.Measured;
import io.deepsuite.bench.query.QueryOutcome.StoreSize;
import io.deepsuite.bench.report.Latency;
import io.deepsuite.bench.report.Machine;
import io.deepsuite.bench.report.Results;
import io.deepsuite.bench.subject.StackSubjects;
import io.deepsuite.devstack.Stack;
import io.deepsuite.devstack.StackOptions;
import io.deepsuite.devstack.layout.Component;
import io.deepsuite.devstack.layout.Packaging;
import io.deepsuite.devstack.layout.Ports;
import io.deepsuite.devstack.layout.StackDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Every filter of the audit API on a large trail: first pages, and pages far behind them. */
public final class QueryBenchmark {

    static final int FIRST_PAGES = 200;

    private static final int WARM_UP = 30;

    /** What is measured is one caller without a pause, whom the service would refuse otherwise. */
    private static final String UNLIMITED = "100000";

    private static final List<Integer> DEPTHS = List.of(10, 300, 1000);

    /** Of fewer than 100, the 99th percentile would be the longest. */
    private static final int PAGES_OF_A_DEPTH = 200;

    /** Length of the trail. */
    private static final int MONTHS = 6;

    private final StackOptions options;
    private final PrintStream out;

    /** @param directory for the stack, which is kept or removed afterwards */
    public QueryBenchmark(Path directory, PrintStream out) {
        this.options = StackOptions.launcher(directory)
                .withPorts(Ports.free())
                .withComponents(Set.of(Component.POSTGRES, Component.KAFKA, Component.KEYCLOAK))
                .withEnvironment(Component.AUDIT_SERVICE, "DEEPSUITE_AUDIT_LIMIT_CALLS_PER_SECOND", UNLIMITED)
                .withEnvironment(Component.AUDIT_SERVICE, "DEEPSUITE_AUDIT_LIMIT_TENANT_CALLS_PER_SECOND", UNLIMITED)
                .withProgress(out::println);
        this.out = out;
    }

    /**
     * Measures, and writes {@code query.json} and {@code query.md}.
     *
     * @param rows events to load
     * @param keep whether the loaded store stays for the next run
     */
    public void run(Results results, Packaging packaging, long rows, boolean keep) throws Exception {
        var note = new TrailNote(options.directory());
        var kept = note.read().filter(trail -> trail.rows() == rows);
        if (kept.isEmpty()) {
            if (note.isThere()) {
                out.println(
                        "the kept store is of another size or was made by another loader; it is removed and loaded anew");
            }
            Stack.remove(options);
        }
        try (var stack = Stack.start(options.withPackaging(packaging))) {
            var store = new Store(stack, options.ports());
            var trail = kept.orElseGet(() -> newTrail(rows));
            if (kept.isEmpty()) {
                new TrailLoader(store, trail, StackSubjects.of(new StackDirectory(options.directory())), out).load();
                note.write(trail);
            }
            stack.start(Component.AUDIT_SERVICE);
            var outcome = measure(stack, store, trail, packaging);
            results.write("query", outcome, QueryPage.of(outcome));
        }
        if (!keep) {
            Stack.remove(options);
        }
    }

    /** A trail up to now. */
    private static Trail newTrail(long rows) {
        var end = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        return new Trail(rows, end.atOffset(ZoneOffset.UTC).minusMonths(MONTHS).toInstant(), end);
    }

    private QueryOutcome measure(Stack stack, Store store, Trail trail, Packaging packaging) throws Exception {
        var machine = Machine.here();
        var check = new PageCheck(trail);
        try (var auditor = new Auditor(stack)) {
            var questions = Question.all(trail);
            warmUp(auditor, questions);
            var single = single(auditor, trail);
            var answers = new ArrayList<Measured>();
            for (var question : questions) {
                answers.add(first(auditor, check, question));
                answers.addAll(deep(auditor, check, question));
            }
            return new QueryOutcome(
                    machine, Machine.here().loadAverage(), packaging, size(store, trail), single, answers);
        }
    }

    /** Has the JVM compile what it will, and each connection plan its statements. */
    private static void warmUp(Auditor auditor, List<Question> questions) throws IOException, InterruptedException {
        for (int round = 0; round < WARM_UP; round++) {
            for (var question : questions) {
                auditor.page(question.queries().getFirst());
            }
        }
    }

    private static Latency single(Auditor auditor, Trail trail) throws IOException, InterruptedException {
        var ids = LongStream.range(0, 4L * FIRST_PAGES)
                .map(place -> place * (trail.rows() / (4L * FIRST_PAGES)))
                .filter(number -> trail.event(number).getTenant().equals(Trail.TENANT))
                .limit(FIRST_PAGES)
                .mapToObj(number -> trail.id(number).toString())
                .toList();
        var millis = new ArrayList<Double>();
        for (var id : ids) {
            millis.add(auditor.event(id).millis());
        }
        return Latency.of(millis);
    }

    /** The first page, again and again, of one value after the other. */
    private Measured first(Auditor auditor, PageCheck check, Question question)
            throws IOException, InterruptedException {
        var millis = new ArrayList<Double>();
        int events = 0;
        var queries = question.queries();
        for (int call = 0; call < FIRST_PAGES; call++) {
            var answer = auditor.page(queries.get(call % queries.size()));
            millis.add(answer.millis());
            events = check.events(question, answer.body());
        }
        return told(new Measured(question.filter(), question.sort(), 1, events, Latency.of(millis)));
    }

    /** One walk from page to page, of which stretches are measured. */
    private List<Measured> deep(Auditor auditor, PageCheck check, Question question)
            throws IOException, InterruptedException {
        var measured = new ArrayList<Measured>();
        var query = question.queries().getFirst();
        var answer = auditor.page(query);
        int page = 1;
        for (int depth : DEPTHS) {
            var millis = new ArrayList<Double>();
            int events = 0;
            while (!answer.next().isEmpty() && page < depth + PAGES_OF_A_DEPTH - 1) {
                answer = auditor.page(query + (query.isEmpty() ? "" : "&") + "pageToken=" + answer.next());
                page++;
                int found = check.events(question, answer.body());
                if (page >= depth) {
                    millis.add(answer.millis());
                    events = page == depth ? found : events;
                }
            }
            if (millis.size() == PAGES_OF_A_DEPTH) {
                measured.add(told(new Measured(question.filter(), question.sort(), depth, events, Latency.of(millis))));
            }
        }
        return measured;
    }

    private Measured told(Measured measured) {
        out.printf(
                "%s, %s, page %d (%d events): p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                measured.filter(),
                measured.sort(),
                measured.page(),
                measured.events(),
                measured.latency().p50(),
                measured.latency().p99(),
                measured.latency().max());
        return measured;
    }

    private static StoreSize size(Store store, Trail trail) throws SQLException {
        try (var connection = DriverManager.getConnection(store.url());
                var row = connection.createStatement().executeQuery("""
                        SELECT pg_database_size(current_database()) / 1073741824.0, (SELECT count(*) FROM audit_event_months() WHERE begins <= now()),
                               (SELECT avg(octet_length(event)) FROM (SELECT event FROM audit_event LIMIT 10000) AS sample),
                               (SELECT count(*) FROM subject_key),
                               (SELECT max(keys) FROM (SELECT count(*) AS keys FROM subject_key GROUP BY tenant, subject) AS person)""")) {
            row.next();
            return new StoreSize(
                    trail.rows(),
                    row.getInt(2),
                    row.getDouble(1),
                    row.getDouble(3),
                    row.getLong(4),
                    row.getLong(5),
                    store.show("shared_buffers"));
        }
    }
}
