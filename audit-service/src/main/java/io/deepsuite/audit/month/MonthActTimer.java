package io.deepsuite.audit.month;

import io.deepsuite.journal.AuditJournal;
import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.deepsuite.servicekit.time.UuidV7;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;

/**
 * Makes events of what the owner's job did to months. An act is told when it is in the journal and the database knows so: a crash between the two tells it twice,
 * and never not at all.
 */
@ApplicationScoped
public class MonthActTimer {

    private final MonthActStore store;
    private final AuditJournal journal;
    private final InstantSource clock;
    private final PeriodicTask task;

    MonthActTimer(MonthActStore store, AuditJournal journal, MonthConfig config, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
        task = new PeriodicTask("month-acts", config.interval(), this::tell);
    }

    void start(@Observes StartupEvent event) {
        task.startAtOnce();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
    }

    private void tell() {
        boolean more;
        do {
            more = store.tellNext(act -> journal.tell(act.event(UuidV7.next(clock))));
        } while (more);
    }
}
