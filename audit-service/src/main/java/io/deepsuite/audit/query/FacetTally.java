package io.deepsuite.audit.query;

import io.deepsuite.audit.query.FacetCounts.FacetValues;
import io.deepsuite.audit.query.FacetCounts.ValueCount;
import io.deepsuite.audit.tier.Tier;
import io.deepsuite.audit.tier.TierAnswers;
import java.util.List;
import java.util.Map;

/**
 * Counts as the database has them, before persons have their names.
 *
 * @param request what was asked for
 * @param events how many were counted
 * @param exact whether these are all that the store has of the window
 * @param entries by the word of the facet; facets without any are missing
 */
record FacetTally(FacetRequest request, long events, boolean exact, Map<String, List<Entry>> entries) {

    FacetTally {
        entries = Map.copyOf(entries);
    }

    /**
     * How many events have a value.
     *
     * @param value as it is stored, which can be any text; or the hash of a person, hexadecimal
     * @param person whether it is a hash. The store tells, since no text can: an actor may be called like one
     * @param events events with it
     */
    record Entry(String value, boolean person, long events) {

        private ValueCount named(Map<String, String> names) {
            return new ValueCount(person ? names.getOrDefault(value, "") : value, events);
        }
    }

    /** Hashes of the persons that are listed. */
    List<String> persons() {
        return entries.values().stream()
                .flatMap(List::stream)
                .filter(Entry::person)
                .map(Entry::value)
                .toList();
    }

    /**
     * The counts as they are answered.
     *
     * @param names of persons by hash; who has none is counted without a name
     * @param archives parts of the window that were in archives, and not counted
     */
    FacetCounts answer(Map<String, String> names, List<Tier> archives) {
        var facets = request.facets().stream()
                .map(facet -> named(facet, entries.getOrDefault(facet.word(), List.of()), names))
                .toList();
        return new FacetCounts(
                request.from().toString(),
                request.to().toString(),
                events,
                exact && archives.isEmpty(),
                facets,
                TierAnswers.of(archives));
    }

    private FacetValues named(Facet facet, List<Entry> listed, Map<String, String> names) {
        long others = events - listed.stream().mapToLong(Entry::events).sum();
        return new FacetValues(
                facet.word(), listed.stream().map(entry -> entry.named(names)).toList(), others);
    }
}
