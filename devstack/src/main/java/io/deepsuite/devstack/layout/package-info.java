/** What the stack consists of and where its files and ports are. */
@NullMarked
package io.deepsuite.devstack.layout;

import org.jspecify.annotations.NullMarked;
