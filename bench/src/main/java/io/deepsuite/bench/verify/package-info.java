/** How fast an export is verified offline, against reading and hashing its bytes once. */
@NullMarked
package io.deepsuite.bench.verify;

import org.jspecify.annotations.NullMarked;
