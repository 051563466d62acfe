/** Query parameters of calls, whatever they are about. */
@NullMarked
package io.deepsuite.audit.parameter;

import org.jspecify.annotations.NullMarked;
