/** Kinds of events: few combinations of values, each with a number that events are found by. */
@NullMarked
package io.deepsuite.audit.kind;

import org.jspecify.annotations.NullMarked;
