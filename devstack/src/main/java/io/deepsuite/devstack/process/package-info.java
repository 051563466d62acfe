/** Detached processes that are found again by the next command: start, identity, stop, supervision. */
@NullMarked
package io.deepsuite.devstack.process;

import org.jspecify.annotations.NullMarked;
