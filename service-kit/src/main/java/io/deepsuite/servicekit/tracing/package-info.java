/** Traces: every call has ids; spans leave only where somebody collects them. */
@NullMarked
package io.deepsuite.servicekit.tracing;

import org.jspecify.annotations.NullMarked;
