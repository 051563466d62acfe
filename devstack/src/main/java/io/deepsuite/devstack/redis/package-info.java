/** A real Redis server behind a generated password. */
@NullMarked
package io.deepsuite.devstack.redis;

import org.jspecify.annotations.NullMarked;
