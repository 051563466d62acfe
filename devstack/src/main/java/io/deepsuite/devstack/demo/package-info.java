/** The calls of the demo tour. */
@NullMarked
package io.deepsuite.devstack.demo;

import org.jspecify.annotations.NullMarked;
