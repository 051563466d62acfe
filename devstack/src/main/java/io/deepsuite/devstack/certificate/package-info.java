/** A private certificate authority and the certificates it signs. */
@NullMarked
package io.deepsuite.devstack.certificate;

import org.jspecify.annotations.NullMarked;
