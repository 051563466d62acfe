/** Certificates and an HTTP client for tests. */
@NullMarked
package io.deepsuite.engine.testing;

import org.jspecify.annotations.NullMarked;
