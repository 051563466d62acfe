/** An audit event as it arrives: checked, with the columns that auditors filter by, beside the exact bytes. */
@NullMarked
package io.deepsuite.audit.event;

import org.jspecify.annotations.NullMarked;
