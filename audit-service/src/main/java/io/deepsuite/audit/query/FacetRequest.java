package io.deepsuite.audit.query;

import java.time.Instant;
import java.util.SequencedSet;

/**
 * Counts asked for.
 *
 * @param filter which events; its window is that of {@code from} and {@code to}
 * @param from begin of the window, inclusive
 * @param to end of the window, exclusive
 * @param facets what to count by, in the order asked for
 */
record FacetRequest(AuditEventFilter filter, Instant from, Instant to, SequencedSet<Facet> facets) {}
