/** Moves audit events from Kafka to PostgreSQL, each exactly once. */
@NullMarked
package io.deepsuite.audit.ingest;

import org.jspecify.annotations.NullMarked;
