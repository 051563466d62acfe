/** What an auditor takes away: proofs, checkpoints and bundles. */
@NullMarked
package io.deepsuite.audit.proof;

import org.jspecify.annotations.NullMarked;
