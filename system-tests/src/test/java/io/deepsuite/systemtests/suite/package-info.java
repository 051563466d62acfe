/** What the tests stand on: the running suite and its faces. */
@NullMarked
package io.deepsuite.systemtests.suite;

import org.jspecify.annotations.NullMarked;
