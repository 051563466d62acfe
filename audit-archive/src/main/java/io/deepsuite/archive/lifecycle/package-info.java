/** Rules that say what happens to data of an age. */
@NullMarked
package io.deepsuite.archive.lifecycle;

import org.jspecify.annotations.NullMarked;
