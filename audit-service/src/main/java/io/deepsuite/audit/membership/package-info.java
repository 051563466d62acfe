/** Whether this replica still belongs to the consumer groups whose partitions it reads. */
@NullMarked
package io.deepsuite.audit.membership;

import org.jspecify.annotations.NullMarked;
