/** Records that cannot be stored, put aside one by one with the reason. */
@NullMarked
package io.deepsuite.audit.deadletter;

import org.jspecify.annotations.NullMarked;
