/** Recognises personal data in text, and the placeholders that stand for it. */
@NullMarked
package io.deepsuite.servicekit.privacy;

import org.jspecify.annotations.NullMarked;
