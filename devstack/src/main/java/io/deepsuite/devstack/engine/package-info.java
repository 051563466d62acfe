/** The local engines and the process that keeps them running. */
@NullMarked
package io.deepsuite.devstack.engine;

import org.jspecify.annotations.NullMarked;
