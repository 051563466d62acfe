/** Who may talk to whom: the picture in {@code k8s/README.md}, against what the network policies really allow. */
@NullMarked
package io.deepsuite.k8s.network;

import org.jspecify.annotations.NullMarked;
