/** A real PostgreSQL server with certificate log-in only, and its migrations. */
@NullMarked
package io.deepsuite.devstack.postgres;

import org.jspecify.annotations.NullMarked;
