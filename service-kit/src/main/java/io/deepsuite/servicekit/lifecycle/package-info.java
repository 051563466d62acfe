/** How a service's process begins and ends, and what it does every now and then while it lives. */
@NullMarked
package io.deepsuite.servicekit.lifecycle;

import org.jspecify.annotations.NullMarked;
