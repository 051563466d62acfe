package io.deepsuite.journal;

import io.deepsuite.journal.file.JournalStatus;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the journal takes events; without it every call would be refused. Kafka being away does not count: events wait on disk. */
@Readiness
@Singleton
class JournalReadiness implements HealthCheck {

    private final FileAuditJournal journal;

    JournalReadiness(FileAuditJournal journal) {
        this.journal = journal;
    }

    @Override
    public HealthCheckResponse call() {
        JournalStatus status = journal.status();
        boolean up = status.open() && status.problem().isEmpty() && status.hasRoom() && journal.isShipping();
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
