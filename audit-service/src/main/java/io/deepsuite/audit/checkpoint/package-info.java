/** Signs how far the logs have come, and publishes it where this service and its database cannot take it back. */
@NullMarked
package io.deepsuite.audit.checkpoint;

import org.jspecify.annotations.NullMarked;
