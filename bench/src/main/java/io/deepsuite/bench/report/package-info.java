/** Result files, and the machine they are from. */
@NullMarked
package io.deepsuite.bench.report;

import org.jspecify.annotations.NullMarked;
