package io.deepsuite.audit.event;

/**
 * Where a source ended, as an event says.
 *
 * @param source the source
 * @param lastSequence its last number; 0 if it never wrote
 */
public record SourceEnd(SourceId source, long lastSequence) {}
