/** Exported events with everything needed to check them elsewhere: the bundle's format, its writer and its verifier. */
@NullMarked
package io.deepsuite.proof.bundle;

import org.jspecify.annotations.NullMarked;
