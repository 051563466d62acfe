/** Answers auditors: filters, pages, single events. */
@NullMarked
package io.deepsuite.audit.query;

import org.jspecify.annotations.NullMarked;
