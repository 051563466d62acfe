/** Rules of the suite's own: what a manifest must have beyond being valid. */
@NullMarked
package io.deepsuite.k8s.policy;

import org.jspecify.annotations.NullMarked;
