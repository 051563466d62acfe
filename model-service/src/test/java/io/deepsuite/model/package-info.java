/** Tests of the service as a whole. */
@NullMarked
package io.deepsuite.model;

import org.jspecify.annotations.NullMarked;
