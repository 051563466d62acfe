/** The monthly partitions of the audit store. */
@NullMarked
package io.deepsuite.archive.month;

import org.jspecify.annotations.NullMarked;
