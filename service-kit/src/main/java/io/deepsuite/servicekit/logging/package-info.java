/** JSON logs that carry no personal data and no secrets. */
@NullMarked
package io.deepsuite.servicekit.logging;

import org.jspecify.annotations.NullMarked;
