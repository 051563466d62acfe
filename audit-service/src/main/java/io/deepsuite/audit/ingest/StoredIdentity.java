package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.audit.event.EventKey;
import io.deepsuite.audit.event.SourcePosition;

/**
 * What an event in the store is known by.
 *
 * @param key id and phase
 * @param position place in its source's sequence
 * @param bytes the event
 */
record StoredIdentity(EventKey key, SourcePosition position, EventBytes bytes) {}
