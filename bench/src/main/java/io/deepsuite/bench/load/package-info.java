/** Calls that keep the suite busy. */
@NullMarked
package io.deepsuite.bench.load;

import org.jspecify.annotations.NullMarked;
