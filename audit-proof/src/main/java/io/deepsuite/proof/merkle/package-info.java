/** The append-only hash tree of RFC 6962: roots, inclusion proofs and consistency proofs over tiles of hashes. */
@NullMarked
package io.deepsuite.proof.merkle;

import org.jspecify.annotations.NullMarked;
