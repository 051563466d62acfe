/** Checks of the Kubernetes manifests in {@code k8s/}. */
@NullMarked
package io.deepsuite.k8s;

import org.jspecify.annotations.NullMarked;
