/** How soon services are ready, and how much memory and disk they take, JVM against native. */
@NullMarked
package io.deepsuite.bench.startup;

import org.jspecify.annotations.NullMarked;
