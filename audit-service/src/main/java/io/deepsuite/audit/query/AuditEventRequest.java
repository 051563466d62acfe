package io.deepsuite.audit.query;

import java.util.Optional;

/**
 * One page asked for.
 *
 * @param filter which events
 * @param limit events per page, 1 to 1000
 * @param after where the page before ended; empty for the first page
 */
record AuditEventRequest(AuditEventFilter filter, int limit, Optional<PageToken> after) {}
