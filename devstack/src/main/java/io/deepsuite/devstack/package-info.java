/** The whole suite on one machine, as an object: start it, break it, ask it for addresses, certificates and tokens. */
@NullMarked
package io.deepsuite.devstack;

import org.jspecify.annotations.NullMarked;
