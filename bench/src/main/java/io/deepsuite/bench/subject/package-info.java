/** Persons of sample events, sealed with the journal's own classes and the secrets of a stack. */
@NullMarked
package io.deepsuite.bench.subject;

import org.jspecify.annotations.NullMarked;
