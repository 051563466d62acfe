/** Erases persons from audit events, by destroying what opens their fields. */
@NullMarked
package io.deepsuite.audit.erasure;

import org.jspecify.annotations.NullMarked;
