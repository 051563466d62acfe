package io.deepsuite.journal;

import io.deepsuite.audit.v1.AuditEvent;
import io.deepsuite.journal.file.FileJournal;
import io.deepsuite.journal.file.JournalSettings;
import io.deepsuite.journal.file.JournalStatus;
import io.deepsuite.journal.file.Position;
import io.deepsuite.journal.shipping.Backoff;
import io.deepsuite.journal.shipping.CertificateConfig;
import io.deepsuite.journal.shipping.KafkaConfig;
import io.deepsuite.journal.shipping.KafkaProducers;
import io.deepsuite.journal.shipping.Producers;
import io.deepsuite.journal.shipping.Shipper;
import io.deepsuite.journal.shipping.ShipperSettings;
import io.deepsuite.journal.subject.KeyWrapper;
import io.deepsuite.journal.subject.PersonKeys;
import io.deepsuite.journal.subject.PersonSealer;
import io.deepsuite.journal.subject.SubjectConfig;
import io.deepsuite.journal.subject.SubjectHasher;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of this process: a directory of files, and a shipper behind it. It opens before the first call is served, or the service does not start; it
 * closes after the last call has ended.
 */
@Startup
@Singleton
public class FileAuditJournal implements AuditJournal {

    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    private static final Duration RELEASE_INTERVAL = Duration.ofSeconds(1);

    private static final long MIN_SEGMENT = 1L << 20;
    private static final long MAX_SEGMENT = 1L << 28;

    private static final Logger LOGGER = LoggerFactory.getLogger(FileAuditJournal.class);

    private final JournalConfig config;
    private final JournalEvents events;
    private final JournalMetrics metrics;
    private final FileJournal journal;
    private final SealingJournal sealing;
    private final Shipper shipper;

    @Inject
    FileAuditJournal(
            JournalConfig config,
            KafkaConfig kafka,
            CertificateConfig certificates,
            SubjectConfig subjects,
            SubjectHasher hasher,
            KeyWrapper wrapper,
            MeterRegistry registry,
            InstantSource clock)
            throws IOException {
        this(
                config,
                new KafkaProducers(kafka, certificates, clientId(config)),
                new PersonSealer(new PersonKeys(hasher, wrapper, subjects, clock)),
                subjects.topic(),
                registry,
                clock);
    }

    /** @throws IOException if the directory cannot be read, is in use, or is damaged */
    FileAuditJournal(
            JournalConfig config,
            Producers producers,
            PersonSealer sealer,
            String keyTopic,
            MeterRegistry registry,
            InstantSource clock)
            throws IOException {
        this.config = config;
        this.events = new JournalEvents(config, clock);
        this.metrics = new JournalMetrics(registry);
        journal = FileJournal.open(settings(config), metrics, events::opened);
        sealing = new SealingJournal(journal, sealer, metrics);
        shipper = Shipper.start(
                journal,
                producers,
                new ShipperSettings(config.topic(), keyTopic, config.inFlight(), BACKOFF, RELEASE_INTERVAL),
                metrics);
        metrics.watch(() -> journal.status().bytes(), shipper::unshipped, journal::openIntents);
        journal.interrupted().forEach(this::settle);
    }

    /** Ends what an earlier boot announced and did not end. Should the event be refused, the journal writes it by itself later. */
    private void settle(AuditEvent intent) {
        metrics.recovered(intent.getAction());
        LOGGER.atWarn()
                .addKeyValue("eventId", intent.getId())
                .addKeyValue("action", intent.getAction())
                .log("a change was announced and not ended before the process died, its outcome is unknown");
        journal.append(events.interrupted(intent)).subscribe().with(_ -> {}, _ -> {});
    }

    private static JournalSettings settings(JournalConfig config) {
        long segment = config.segmentSize().asLongValue();
        if (segment < MIN_SEGMENT || segment > MAX_SEGMENT) {
            throw new IllegalArgumentException("deepsuite.journal.segment-size: %d (expected: %d to %d bytes)"
                    .formatted(segment, MIN_SEGMENT, MAX_SEGMENT));
        }
        return new JournalSettings(
                config.directory(),
                new JournalSettings.Origin(config.service(), config.instance(), config.namespace()),
                config.maxSize().asLongValue(),
                segment,
                config.queueLength(),
                config.maxOpenIntents(),
                config.linger(),
                config.retryAfter());
    }

    private static String clientId(JournalConfig config) {
        return config.service() + '-' + config.instance() + "-audit";
    }

    @Override
    public Uni<AuditEvent> append(AuditEvent.Builder event) {
        var durable = tell(event);
        return waitsForKafka(event.getAction()) ? durable.call(this::acknowledged) : durable;
    }

    @Override
    public Uni<AuditEvent> tell(AuditEvent.Builder event) {
        return sealing.append(event);
    }

    /** A read that may go without an event does not wait: one that is on disk is not missing. */
    private boolean waitsForKafka(String action) {
        boolean asked = config.ack() == JournalConfig.Ack.KAFKA || names(config.ackKafkaActions(), action);
        return asked && !names(config.failOpenReads(), action);
    }

    private static boolean names(Optional<Set<String>> actions, String action) {
        return actions.isPresent() && actions.get().contains(action);
    }

    private Uni<Void> acknowledged(AuditEvent stamped) {
        var place =
                new Position(stamped.getSource().getBoot(), stamped.getSource().getSequence());
        return shipper.acknowledgement(place, config.ackTimeout());
    }

    /** How the journal is doing now. */
    JournalStatus status() {
        return journal.status();
    }

    /** Whether events are on their way to Kafka, or would be. */
    boolean isShipping() {
        return shipper.isRunning();
    }

    @PreDestroy
    void close() throws IOException, InterruptedException {
        try (journal) {
            journal.stop(events.closed());
            shipper.stop(config.drainTimeout());
        }
    }
}
