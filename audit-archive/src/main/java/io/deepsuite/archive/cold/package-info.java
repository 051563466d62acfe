/** The archive: months as files, with their proofs. */
@NullMarked
package io.deepsuite.archive.cold;

import org.jspecify.annotations.NullMarked;
