/** What belongs to one call: its request id, trace id and caller. */
@NullMarked
package io.deepsuite.servicekit.request;

import org.jspecify.annotations.NullMarked;
