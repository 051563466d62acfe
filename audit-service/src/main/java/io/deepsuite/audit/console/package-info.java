/** The auditors' console: pages that a person reads in a browser, signed in through the identity provider. */
@NullMarked
package io.deepsuite.audit.console;

import org.jspecify.annotations.NullMarked;
