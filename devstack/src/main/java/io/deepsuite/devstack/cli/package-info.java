/** The launcher's commands. */
@NullMarked
package io.deepsuite.devstack.cli;

import org.jspecify.annotations.NullMarked;
