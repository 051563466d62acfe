/** Renders what is in {@code k8s/} the way a deployment does, and gives the objects to the checks. */
@NullMarked
package io.deepsuite.k8s.render;

import org.jspecify.annotations.NullMarked;
