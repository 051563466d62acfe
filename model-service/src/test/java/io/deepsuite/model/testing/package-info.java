/** What several tests share. */
@NullMarked
package io.deepsuite.model.testing;

import org.jspecify.annotations.NullMarked;
