package io.deepsuite.journal.shipping;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How Kafka is reached. */
@ConfigMapping(prefix = "deepsuite.kafka")
public interface KafkaConfig {

    /** Brokers to ask first, host:port, comma-separated; default kafka-kafka-bootstrap:9093. */
    @WithDefault("kafka-kafka-bootstrap:9093")
    String bootstrap();

    /** SSL: TLS 1.3 with this workload's certificate (default). PLAINTEXT: only for tests on one machine. */
    @WithDefault("SSL")
    Protocol protocol();

    /** How the connection is secured. */
    enum Protocol {
        /** TLS, both sides with a certificate. */
        SSL,
        /** Not at all. */
        PLAINTEXT
    }
}
