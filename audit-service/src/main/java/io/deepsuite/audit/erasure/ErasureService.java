package io.deepsuite.audit.erasure;

import io.deepsuite.journal.subject.Subject;
import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases persons. A person is erased when the database says so; the topic is told afterwards, again and again until it has taken it, by whichever replica comes
 * first: twice is once.
 */
@ApplicationScoped
public class ErasureService {

    private static final Logger LOGGER = LoggerFactory.getLogger(ErasureService.class);
    private static final int BATCH = 1000;

    private final ErasureStore store;
    private final TombstoneClient topic;
    private final Duration timeout;
    private final PeriodicTask task;

    ErasureService(ErasureStore store, TombstoneClient topic, ErasureConfig config) {
        this.store = store;
        this.topic = topic;
        timeout = config.timeout();
        task = new PeriodicTask("tombstones", config.interval(), this::tellTopic);
    }

    void start(@Observes StartupEvent event) {
        task.startAtOnce();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
    }

    /**
     * Erases a person.
     *
     * @param requestId call that asked for it
     * @throws DeepsuiteException {@link ErrorReason#SUBJECT_NOT_FOUND} if the tenant has no events of such a person; {@link ErrorReason#DATABASE_UNAVAILABLE}
     */
    Erased erase(Subject subject, String requestId) {
        var erased = store.erase(subject, requestId)
                .orElseThrow(() -> new DeepsuiteException(
                        ErrorReason.SUBJECT_NOT_FOUND,
                        "no sealed event of this tenant speaks of the person",
                        Map.of("subject", subject.hmac())));
        try {
            tellTopic();
        } catch (RuntimeException away) { // the person is erased; the topic is told the next time
            LOGGER.atWarn().setCause(away).log("key topic could not be told of an erasure, will be tried again");
        }
        return erased;
    }

    private void tellTopic() {
        List<UUID> due;
        do {
            due = store.due(BATCH);
            if (!due.isEmpty()) {
                topic.tell(due).await().atMost(timeout);
                store.markTold(due);
            }
        } while (due.size() == BATCH);
    }
}
