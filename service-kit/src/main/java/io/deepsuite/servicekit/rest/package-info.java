/** Failures of HTTP calls, wherever they arise, as typed answers; the bound on bodies. */
@NullMarked
package io.deepsuite.servicekit.rest;

import org.jspecify.annotations.NullMarked;
