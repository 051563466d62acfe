/** Which workloads may call: the common names of their certificates. */
@NullMarked
package io.deepsuite.engine.peer;

import org.jspecify.annotations.NullMarked;
