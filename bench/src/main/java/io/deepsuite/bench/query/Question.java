package io.deepsuite.bench.query;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * One filter with values of one sort.
 *
 * @param filter name of the parameter
 * @param sort how often the values are there
 * @param actor id that the actor of every event of the answers has; empty when any may be there
 * @param queries query strings, one for each value
 */
record Question(String filter, Sort sort, String actor, List<String> queries) {

    /** Identifiers that are asked for one after the other. */
    private static final int IDENTIFIERS = 200;

    Question {
        queries = List.copyOf(queries);
    }

    Question(String filter, Sort sort, List<String> queries) {
        this(filter, sort, "", queries);
    }

    /** How often a value is there. */
    enum Sort {
        /** A large part of all events, also of the newest. */
        COMMON,
        /** A few in a million events, or one event. */
        RARE,
        /** A part of the oldest events, and none of the newer ones. */
        OLD,
        /** Not there. */
        ABSENT
    }

    /** Every filter, with values of every sort that it has. */
    static List<Question> all(Trail trail) {
        var all = new ArrayList<Question>();
        all.add(new Question("none", Sort.COMMON, List.of("")));
        addWindows(all, trail);
        addActors(all);
        add(all, "actorType", "actorType", "USER", "UNSPECIFIED", "", "");
        add(all, "operation", "operation", "READ", "DELETE", "", "");
        add(
                all,
                "action",
                "action",
                Activity.CHAT.action(),
                Activity.ARCHIVE_MONTH.action(),
                Activity.IMPORT.action(),
                "no.action");
        add(all, "resourceType", "resourceType", "model", Activity.ARCHIVE_MONTH.resourceType(), "", "nothing");
        add(all, "resourceId", "resourceId", Trail.COMMON_MODEL, Trail.RARE_MODEL, Trail.OLD_MODEL, "no-model");
        add(all, "outcome (SUCCESS)", "outcome", "SUCCESS", "", "", "");
        add(all, "outcome (FAILURE)", "outcome", "FAILURE", "", "", "");
        add(all, "reason (OK)", "reason", "OK", "", "", "");
        add(all, "reason", "reason", Trail.COMMON_REASON, Trail.RARE_REASON, "", "NO_REASON");
        add(all, "service", "service", "model-service", Activity.ARCHIVE_MONTH.service(), "", "no-service");
        add(
                all,
                "namespace",
                "namespace",
                Trail.COMMON_NAMESPACE,
                Trail.RARE_NAMESPACE,
                Trail.OLD_NAMESPACE,
                "no-namespace");
        addIdentifiers(all, trail);
        return all;
    }

    private static void add(
            List<Question> all,
            String filter,
            String parameter,
            String common,
            String rare,
            String old,
            String absent) {
        addValue(all, filter, Sort.COMMON, parameter, common);
        addValue(all, filter, Sort.RARE, parameter, rare);
        addValue(all, filter, Sort.OLD, parameter, old);
        addValue(all, filter, Sort.ABSENT, parameter, absent);
    }

    private static void addValue(List<Question> all, String filter, Sort sort, String parameter, String value) {
        if (!value.isEmpty()) {
            all.add(new Question(filter, sort, List.of(query(parameter, value))));
        }
    }

    /** An account's id and name stand in columns; a person's are found by the keys that seal them, of which the busy one has one for most hours and replicas. */
    private static void addActors(List<Question> all) {
        addActor(all, "account", Sort.COMMON, Trail.COMMON_ACCOUNT);
        addActor(all, "person", Sort.COMMON, Trail.BUSY_PERSON);
        addActor(all, "person", Sort.RARE, Trail.RARE_PERSON);
        addActor(all, "person", Sort.OLD, Trail.OLD_PERSON);
        addActor(all, "person", Sort.ABSENT, "nobody");
    }

    private static void addActor(List<Question> all, String what, Sort sort, String name) {
        var id = Trail.subject(name);
        all.add(new Question("actor (%s's name)".formatted(what), sort, id, List.of(query("actor", name))));
        all.add(new Question("actor (%s's id)".formatted(what), sort, id, List.of(query("actor", id))));
    }

    private static void addWindows(List<Question> all, Trail trail) {
        var dayBefore = trail.end().minus(Duration.ofDays(1));
        var secondDay = trail.begin().plus(Duration.ofDays(1));
        all.add(new Question("from", Sort.COMMON, List.of(query("from", dayBefore.toString()))));
        all.add(new Question("to", Sort.COMMON, List.of(query("to", dayBefore.toString()))));
        all.add(new Question(
                "from, to",
                Sort.OLD,
                List.of(query("from", trail.begin().toString()) + "&" + query("to", secondDay.toString()))));
        all.add(new Question(
                "to", Sort.ABSENT, List.of(query("to", trail.begin().toString()))));
    }

    private static void addIdentifiers(List<Question> all, Trail trail) {
        var chosen = LongStream.range(0, 4L * IDENTIFIERS)
                .map(place -> place * (trail.rows() / (4L * IDENTIFIERS)))
                .mapToObj(trail::event)
                .filter(event -> event.getTenant().equals(Trail.TENANT)
                        && !event.getTraceId().isEmpty())
                .limit(IDENTIFIERS)
                .toList();
        all.add(new Question(
                "requestId",
                Sort.RARE,
                chosen.stream()
                        .map(event -> query("requestId", event.getRequestId()))
                        .toList()));
        all.add(new Question("requestId", Sort.ABSENT, List.of(query("requestId", "no-request"))));
        all.add(new Question(
                "traceId",
                Sort.RARE,
                chosen.stream()
                        .map(event -> query("traceId", event.getTraceId()))
                        .toList()));
        all.add(new Question("traceId", Sort.ABSENT, List.of(query("traceId", "0".repeat(31) + "1"))));
    }

    private static String query(String parameter, String value) {
        return parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
