package io.deepsuite.audit.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.deepsuite.audit.tier.TierAnswers;
import java.util.List;
import java.util.Map;

/**
 * How many events have which values.
 *
 * @param from begin of the window, RFC 3339, inclusive
 * @param to end of the window, exclusive
 * @param events how many were counted: the newest of the window
 * @param exact whether these are all of the window, in archives, too
 * @param facets in the order asked for
 * @param tiers as {@link TierAnswers} has them; left out of the answer when there are none
 */
public record FacetCounts(
        String from,
        String to,
        long events,
        boolean exact,
        List<FacetValues> facets,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Map<String, Object>> tiers) {

    public FacetCounts {
        facets = List.copyOf(facets);
        tiers = List.copyOf(tiers);
    }

    /**
     * Values of one facet, the most frequent first.
     *
     * @param facet name of the filter that takes these values
     * @param values at most as many as are configured
     * @param others events whose value is not listed
     */
    public record FacetValues(String facet, List<ValueCount> values, long others) {

        public FacetValues {
            values = List.copyOf(values);
        }
    }

    /** A value and how many events have it; the value is empty for those that have none. */
    public record ValueCount(String value, long events) {}
}
