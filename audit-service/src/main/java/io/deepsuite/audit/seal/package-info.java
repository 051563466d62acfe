/** The logs: an append-only tree over the events of each partition, and its hashes in the database. */
@NullMarked
package io.deepsuite.audit.seal;

import org.jspecify.annotations.NullMarked;
