package io.deepsuite.journal.shipping;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** How any Kafka client of a service reaches the brokers. */
public final class KafkaConnection {

    private KafkaConnection() {}

    /**
     * Settings of a client that is made now; the certificate is the one that its files hold at this moment.
     *
     * @throws IOException if a file cannot be read
     */
    public static Map<String, Object> settings(KafkaConfig kafka, CertificateConfig files) throws IOException {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap());
        if (kafka.protocol() == KafkaConfig.Protocol.SSL) {
            settings.putAll(Certificates.read(files).clientSettings());
        }
        return settings;
    }
}
