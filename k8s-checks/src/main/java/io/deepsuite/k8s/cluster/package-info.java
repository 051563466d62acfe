/** Turns a {@code DeepSeekCluster} into a Kustomize overlay, after checking it by the rules of its own definition. */
@NullMarked
package io.deepsuite.k8s.cluster;

import org.jspecify.annotations.NullMarked;
