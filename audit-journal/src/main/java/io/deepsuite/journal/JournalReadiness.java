package io.deepsuite.journal;

import io.deepsuite.journal.file.JournalStatus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while the journal takes events; without it every call would be refused. Kafka being away does not count: events wait on disk. A service that may serve
 * some reads all the same stays ready, as nobody could reach it otherwise.
 */
@Readiness
@Singleton
class JournalReadiness implements HealthCheck {

    private final FileAuditJournal journal;
    private final UnauditedReads unaudited;

    JournalReadiness(FileAuditJournal journal, UnauditedReads unaudited) {
        this.journal = journal;
        this.unaudited = unaudited;
    }

    @Override
    public HealthCheckResponse call() {
        JournalStatus status = journal.status();
        boolean takesEvents = status.problem().isEmpty() && status.hasRoom();
        boolean up = status.open() && journal.isShipping() && (takesEvents || unaudited.servesAny());
        return HealthCheckResponse.named("audit journal")
                .status(up)
                .withData("open", status.open())
                .withData("writable", status.problem().isEmpty())
                .withData("shipping", journal.isShipping())
                .withData("bytes", status.bytes())
                .withData("maxBytes", status.maxBytes())
                .build();
    }
}
