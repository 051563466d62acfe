/** Tells the Monitor Agent how calls and engines are doing, without ever delaying a call. */
@NullMarked
package io.deepsuite.model.signals;

import org.jspecify.annotations.NullMarked;
