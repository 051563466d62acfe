/** Which models there are, in which versions, and which of them answers. */
@NullMarked
package io.deepsuite.model.registry;

import org.jspecify.annotations.NullMarked;
