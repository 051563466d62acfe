/** Replaces personal data by placeholders, and puts it back. */
@NullMarked
package io.deepsuite.dataprep.masking;

import org.jspecify.annotations.NullMarked;
