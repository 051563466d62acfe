/** Whether anything is missing: the numbers of each source, as far as they have arrived. */
@NullMarked
package io.deepsuite.audit.completeness;

import org.jspecify.annotations.NullMarked;
