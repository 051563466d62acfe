/** Keeps the months of the audit store, as its owner. */
@NullMarked
package io.deepsuite.archive;

import org.jspecify.annotations.NullMarked;
