/** The suite from outside: what its users, its auditors and those who attack it see. */
@NullMarked
package io.deepsuite.systemtests;

import org.jspecify.annotations.NullMarked;
