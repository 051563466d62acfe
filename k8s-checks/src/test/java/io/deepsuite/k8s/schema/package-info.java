/** Whether an object is what the API server would take: its real type, and no field that the type does not have. */
@NullMarked
package io.deepsuite.k8s.schema;

import org.jspecify.annotations.NullMarked;
