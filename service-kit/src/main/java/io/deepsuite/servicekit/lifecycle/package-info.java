/** How a service ends. */
@NullMarked
package io.deepsuite.servicekit.lifecycle;

import org.jspecify.annotations.NullMarked;
