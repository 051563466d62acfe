/** What the manifests and the suite's code say alike, so that neither changes alone. */
@NullMarked
package io.deepsuite.k8s.agreement;

import org.jspecify.annotations.NullMarked;
