/** The audit journal that every service links: events are durable in a local file before an answer leaves, and reach Kafka from there. */
@NullMarked
package io.deepsuite.journal;

import org.jspecify.annotations.NullMarked;
