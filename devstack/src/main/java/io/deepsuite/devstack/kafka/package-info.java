/** A real Kafka broker in a process of its own, reached over mutual TLS. */
@NullMarked
package io.deepsuite.devstack.kafka;

import org.jspecify.annotations.NullMarked;
