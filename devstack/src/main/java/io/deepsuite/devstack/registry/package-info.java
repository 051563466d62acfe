/** Registers the demo model. */
@NullMarked
package io.deepsuite.devstack.registry;

import org.jspecify.annotations.NullMarked;
