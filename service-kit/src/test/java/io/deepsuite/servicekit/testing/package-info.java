/** Certificates and tokens for tests: real TLS, tokens signed by a key of the test's own. Packaged as a test jar for the services' tests. */
@NullMarked
package io.deepsuite.servicekit.testing;

import org.jspecify.annotations.NullMarked;
