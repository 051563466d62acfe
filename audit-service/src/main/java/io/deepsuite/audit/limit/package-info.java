/** Keeps one caller from taking the audit API away from the others. */
@NullMarked
package io.deepsuite.audit.limit;

import org.jspecify.annotations.NullMarked;
