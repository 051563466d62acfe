/** The verifier as a program: needs a bundle and a public key, no network and no database. */
@NullMarked
package io.deepsuite.proof.cli;

import org.jspecify.annotations.NullMarked;
