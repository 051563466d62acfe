/** Who is heard at all where a port takes browsers beside workloads. */
@NullMarked
package io.deepsuite.servicekit.transport;

import org.jspecify.annotations.NullMarked;
