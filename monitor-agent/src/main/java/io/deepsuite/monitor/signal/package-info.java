/** Signals of the other services: takes them, shows them as metrics, and answers what the present state is. */
@NullMarked
package io.deepsuite.monitor.signal;

import org.jspecify.annotations.NullMarked;
