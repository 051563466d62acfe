/** Takes what the services measured, keeps its present state in bounded memory, and shows it as metrics and as a snapshot. */
@NullMarked
package io.deepsuite.monitor.signal;

import org.jspecify.annotations.NullMarked;
