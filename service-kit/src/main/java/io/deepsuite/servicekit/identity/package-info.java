/** Who calls: the person or service account of the token, and the workload of the certificate. */
@NullMarked
package io.deepsuite.servicekit.identity;

import org.jspecify.annotations.NullMarked;
