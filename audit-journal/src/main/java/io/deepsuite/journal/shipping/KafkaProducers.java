package io.deepsuite.journal.shipping;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real producers. The certificate files are read for each; when they have changed since, a new producer is due, so a rotation needs no restart and no
 * connection outlives its certificate by more than a look.
 */
public final class KafkaProducers implements Producers {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaProducers.class);
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final KafkaConfig kafka;
    private final CertificateConfig files;
    private final String clientId;
    private final Duration look;
    private @Nullable Certificates used;
    private long looked;

    /** @param clientId shown in the broker's logs and metrics */
    public KafkaProducers(KafkaConfig kafka, CertificateConfig files, String clientId) {
        this(kafka, files, clientId, LOOK);
    }

    KafkaProducers(KafkaConfig kafka, CertificateConfig files, String clientId, Duration look) {
        this.kafka = kafka;
        this.files = files;
        this.clientId = clientId;
        this.look = look;
    }

    @Override
    public Producer<String, byte[]> create() throws IOException {
        Map<String, Object> settings = new HashMap<>(delivery());
        if (kafka.protocol() == KafkaConfig.Protocol.SSL) {
            used = Certificates.read(files);
            settings.putAll(used.clientSettings());
        }
        looked = System.nanoTime();
        return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public boolean isOutdated() {
        if (used == null || System.nanoTime() - looked < look.toNanos()) {
            return false;
        }
        looked = System.nanoTime();
        try {
            boolean outdated = !used.equals(Certificates.read(files));
            if (outdated) {
                LOGGER.atInfo().log("certificate files have changed, audit events go over a new connection");
            }
            return outdated;
        } catch (IOException failure) { // in the middle of being replaced: the connection that works is kept
            LOGGER.atWarn().setCause(failure).log("certificate files cannot be read");
            return false;
        }
    }

    /** gzip, because it is in the JDK: the other codecs bring native libraries, which a native executable would have to unpack. */
    private Map<String, Object> delivery() {
        return Map.ofEntries(
                Map.entry(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()),
                Map.entry(ProducerConfig.CLIENT_ID_CONFIG, clientId),
                Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                Map.entry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5),
                Map.entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
                Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, 8L * 1024 * 1024),
                Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip"),
                Map.entry(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1),
                Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000),
                Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 30_000),
                Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000),
                Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000));
    }
}
