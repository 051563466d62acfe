/** How fast audit events get from Kafka into PostgreSQL, sealed, against a sink that only stores them and against the bare insert. */
@NullMarked
package io.deepsuite.bench.audit;

import org.jspecify.annotations.NullMarked;
