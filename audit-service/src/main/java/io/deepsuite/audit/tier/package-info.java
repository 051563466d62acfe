/** Where events are that have left the store. */
@NullMarked
package io.deepsuite.audit.tier;

import org.jspecify.annotations.NullMarked;
