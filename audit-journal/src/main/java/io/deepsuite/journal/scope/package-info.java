/** The audit event of the call that is being served, and the interceptors that write it. */
@NullMarked
package io.deepsuite.journal.scope;

import org.jspecify.annotations.NullMarked;
