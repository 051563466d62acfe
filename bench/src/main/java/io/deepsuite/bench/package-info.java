/** Benchmarks: what the suite costs beside a peer or a limit of the same run. */
@NullMarked
package io.deepsuite.bench;

import org.jspecify.annotations.NullMarked;
