/** Start and end of the process, readiness and metrics. */
@NullMarked
package io.deepsuite.engine.process;

import org.jspecify.annotations.NullMarked;
