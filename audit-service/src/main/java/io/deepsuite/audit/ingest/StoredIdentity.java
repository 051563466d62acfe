package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.EventKey;
import io.deepsuite.audit.event.SourcePosition;

/**
 * What an event of the store, or one that was there, is known by.
 *
 * @param key id and phase
 * @param position place in its source's sequence
 * @param content what is left of it
 */
record StoredIdentity(EventKey key, SourcePosition position, StoredContent content) {}
