/** Dead letters listed, and sent again once their cause is mended. */
@NullMarked
package io.deepsuite.audit.replay;

import org.jspecify.annotations.NullMarked;
