/** Hashes that let an auditor match inputs and answers without keeping either. */
@NullMarked
package io.deepsuite.model.hashing;

import org.jspecify.annotations.NullMarked;
