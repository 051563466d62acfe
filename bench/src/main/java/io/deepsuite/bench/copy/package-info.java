/** Rows into PostgreSQL by COPY. */
@NullMarked
package io.deepsuite.bench.copy;

import org.jspecify.annotations.NullMarked;
