/** Keys of persons, and the personal fields of audit events that are sealed with them. */
@NullMarked
package io.deepsuite.journal.subject;

import org.jspecify.annotations.NullMarked;
