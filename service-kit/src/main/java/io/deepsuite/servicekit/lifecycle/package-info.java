/** How a service's process begins and ends. */
@NullMarked
package io.deepsuite.servicekit.lifecycle;

import org.jspecify.annotations.NullMarked;
