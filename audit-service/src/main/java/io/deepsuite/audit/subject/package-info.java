/** Persons in audit events: takes the keys that open their fields, opens events for whoever may read them, and finds the keys of a person. */
@NullMarked
package io.deepsuite.audit.subject;

import org.jspecify.annotations.NullMarked;
