/** The clock that everything takes, and identifiers that sort by time. */
@NullMarked
package io.deepsuite.servicekit.time;

import org.jspecify.annotations.NullMarked;
