/** The way to PostgreSQL: mutual TLS with the workload's certificate. */
@NullMarked
package io.deepsuite.audit.database;

import org.jspecify.annotations.NullMarked;
