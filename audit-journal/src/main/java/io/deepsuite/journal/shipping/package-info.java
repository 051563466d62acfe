/** Ships the journal to Kafka: reads it from disk, sends it in order, and releases only what the broker has acknowledged. */
@NullMarked
package io.deepsuite.journal.shipping;

import org.jspecify.annotations.NullMarked;
