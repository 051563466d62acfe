package io.deepsuite.audit.query;

import io.deepsuite.audit.event.AuditEventProtoMapper;
import io.deepsuite.audit.parameter.QueryParameters;
import io.deepsuite.audit.query.AuditEventFilter.Column;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the query parameters of a list call. Strict: what is unknown, empty or given twice is refused by name, so that a mistyped filter never widens an answer. */
final class AuditEventRequestReader {

    static final int MAX_LIMIT = 1000;
    static final int DEFAULT_LIMIT = 100;
    private static final int MAX_TEXT = 1024;
    private static final String FORMAT = "format";
    private static final String OCSF = "ocsf";
    private static final String FACET = "facet";
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private static final Map<Column, List<String>> WORDS = Map.of(
            Column.OPERATION, List.of("CREATE", "READ", "UPDATE", "DELETE"),
            Column.OUTCOME, List.of("SUCCESS", "FAILURE"),
            Column.ACTOR_TYPE, List.of("USER", "SERVICE_ACCOUNT", "UNSPECIFIED"));

    static final Set<String> PARAMETERS = parameters();

    private final Map<String, List<String>> parameters;

    private AuditEventRequestReader(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads a request.
     *
     * @param parameters decoded query parameters
     * @param tenant the caller's tenant
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} naming the parameter, the value and what is expected; {@link ErrorReason#PAGE_TOKEN_INVALID}
     */
    static AuditEventRequest read(Map<String, List<String>> parameters, String tenant) {
        return new AuditEventRequestReader(parameters).read(tenant);
    }

    /**
     * Reads a request for an export: as {@link #read}, without a limit.
     *
     * @param page events of each page, 1 to 1000
     */
    static AuditEventRequest readExport(Map<String, List<String>> parameters, String tenant, int page) {
        if (parameters.containsKey("limit")) {
            throw invalid(
                    "limit",
                    String.join(",", parameters.getOrDefault("limit", List.of())),
                    "no limit, as an export has all");
        }
        var request = read(parameters, tenant);
        return new AuditEventRequest(request.filter(), page, request.after());
    }

    /**
     * Takes the format out of the parameters of an export; {@link ExportFormat#NDJSON} when there is none.
     *
     * @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if there is no such format
     */
    static ExportFormat takeFormat(Map<String, List<String>> parameters) {
        var word = new AuditEventRequestReader(Map.copyOf(parameters)).text(FORMAT);
        parameters.remove(FORMAT);
        return word.map(text -> ExportFormat.named(text)
                        .orElseThrow(() -> invalid(FORMAT, text, String.join(", ", ExportFormat.words()))))
                .orElse(ExportFormat.NDJSON);
    }

    /**
     * Reads a request for counts: filters as in {@link #read}, and which facets.
     *
     * @param now end of the window of a request that names none
     * @param window length of the window of a request that names no begin
     */
    static FacetRequest readFacets(Map<String, List<String>> parameters, String tenant, Instant now, Duration window) {
        Map<String, List<String>> filters = new LinkedHashMap<>(parameters);
        for (var name : List.of("limit", "pageToken")) {
            if (filters.containsKey(name)) {
                throw invalid(name, "given", "no pages, as counts have none");
            }
        }
        var facets = new AuditEventRequestReader(parameters).facets();
        filters.remove(FACET);
        var filter = read(filters, tenant).filter();
        var to = filter.to().orElse(now);
        var from = filter.from().orElse(to.minus(window));
        if (!from.isBefore(to)) {
            throw invalid("from", from.toString(), "earlier than " + to);
        }
        return new FacetRequest(filter, from, to, facets);
    }

    private SequencedSet<Facet> facets() {
        SequencedSet<Facet> facets = new LinkedHashSet<>();
        for (var word : text(FACET).orElse(String.join(",", Facet.words())).split(",", -1)) {
            facets.add(Facet.named(word)
                    .orElseThrow(() -> invalid(FACET, word, "some of " + String.join(",", Facet.words()))));
        }
        return facets;
    }

    /** Whether a single event is asked for as OCSF: {@code format=ocsf}, and nothing else. */
    static boolean asksForOcsf(Map<String, List<String>> parameters) {
        QueryParameters.refuseUnknown(parameters, Set.of(FORMAT));
        var word = new AuditEventRequestReader(parameters).text(FORMAT);
        if (word.isPresent() && !word.get().equals(OCSF)) {
            throw invalid(FORMAT, word.get(), OCSF + ", or no such parameter");
        }
        return word.isPresent();
    }

    /** The event id of a path. @throws DeepsuiteException {@link ErrorReason#VALUE_INVALID} if it is not a UUID in canonical form */
    static UUID readId(String id) {
        return AuditEventProtoMapper.canonicalUuid(id)
                .orElseThrow(() -> invalid("id", id, "a UUID in lower-case canonical form"));
    }

    private AuditEventRequest read(String tenant) {
        QueryParameters.refuseUnknown(parameters, PARAMETERS);
        var filter = new AuditEventFilter(ownTenant(tenant), time("from"), time("to"), text("actor"), values());
        checkRange(filter);
        return new AuditEventRequest(filter, limit(), text("pageToken").map(token -> PageToken.decode(token, filter)));
    }

    private String ownTenant(String tenant) {
        var asked = text("tenant").orElse(tenant);
        if (!asked.equals(tenant)) {
            throw invalid("tenant", asked, tenant + ", the caller's own");
        }
        return tenant;
    }

    private static void checkRange(AuditEventFilter filter) {
        if (filter.from().isPresent()
                && filter.to().isPresent()
                && !filter.from().get().isBefore(filter.to().get())) {
            throw invalid(
                    "to",
                    filter.to().get().toString(),
                    "later than from, " + filter.from().get());
        }
    }

    private SequencedMap<Column, String> values() {
        SequencedMap<Column, String> values = new LinkedHashMap<>();
        for (var column : Column.values()) {
            text(column.parameter()).ifPresent(value -> {
                var words = WORDS.getOrDefault(column, List.of());
                if (!words.isEmpty() && !words.contains(value)) {
                    throw invalid(column.parameter(), value, String.join(", ", words));
                }
                values.put(column, value);
            });
        }
        return values;
    }

    private int limit() {
        return text("limit")
                .map(text -> {
                    try {
                        int limit = Integer.parseInt(text);
                        if (limit >= 1 && limit <= MAX_LIMIT) {
                            return limit;
                        }
                    } catch (NumberFormatException malformed) {
                        // answered below, like a number out of range
                    }
                    throw invalid("limit", text, "1 to " + MAX_LIMIT);
                })
                .orElse(DEFAULT_LIMIT);
    }

    private Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                var time = OffsetDateTime.parse(text).toInstant();
                if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                    return ceilingMicros(time);
                }
            } catch (DateTimeException malformed) {
                // answered below, like a time out of range
            }
            throw invalid(name, text, "RFC 3339, such as 2026-01-31T08:00:00Z");
        });
    }

    /** Stored times are cut to microseconds, so a bound between two of them means the later one. */
    private static Instant ceilingMicros(Instant time) {
        var floor = time.truncatedTo(ChronoUnit.MICROS);
        return floor.equals(time) ? floor : floor.plus(1, ChronoUnit.MICROS);
    }

    private Optional<String> text(String name) {
        var given = parameters.getOrDefault(name, List.of());
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1) {
            throw invalid(name, given.size() + " values", "one value");
        }
        var value = given.getFirst();
        if (value.isEmpty()) {
            throw invalid(name, "", "a value, or no such parameter");
        }
        if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw invalid(name, value.length() + " characters", "at most %d, none of them NUL".formatted(MAX_TEXT));
        }
        return Optional.of(value);
    }

    private static DeepsuiteException invalid(String parameter, @Nullable String value, String expected) {
        return new DeepsuiteException(
                ErrorReason.VALUE_INVALID,
                "%s: %s (expected: %s)".formatted(parameter, QueryParameters.shown(String.valueOf(value)), expected),
                Map.of("parameter", parameter));
    }

    private static Set<String> parameters() {
        var names =
                Arrays.stream(Column.values()).map(Column::parameter).collect(Collectors.toCollection(TreeSet::new));
        names.addAll(List.of("from", "to", "actor", "tenant", "limit", "pageToken"));
        return names;
    }
}
