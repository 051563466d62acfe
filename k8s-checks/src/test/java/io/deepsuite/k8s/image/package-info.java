/** How images are built: linted, as no machine here builds them. */
@NullMarked
package io.deepsuite.k8s.image;

import org.jspecify.annotations.NullMarked;
