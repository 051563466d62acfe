/** The months that the store is cut into: whether the next ones are ready. */
@NullMarked
package io.deepsuite.audit.month;

import org.jspecify.annotations.NullMarked;
