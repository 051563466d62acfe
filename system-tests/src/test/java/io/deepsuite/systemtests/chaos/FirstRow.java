package io.deepsuite.systemtests.chaos;

import io.deepsuite.systemtests.suite.Suite;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;

/** How soon the audit service stores again after it died, seen in its tables while others work. For an audit service that does not run, and a database that does. */
final class FirstRow {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Suite suite;
    private final long since = System.nanoTime();
    private final long before;

    private FirstRow(Suite suite) {
        this.suite = suite;
        // What the dead process sent last is stored, or never will be, once its sessions have ended.
        Awaitility.await().pollInterval(GLANCE).atMost(PATIENCE).until(() -> {
            try (var rows = new StoredRows(suite)) {
                return rows.sessions() == 0;
            }
        });
        this.before = stored();
    }

    /** Begins now. */
    static FirstRow from(Suite suite) {
        return new FirstRow(suite);
    }

    /** Waits for the first record that is stored, and says how long it took from the beginning. */
    Duration await() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(GLANCE)
                .atMost(PATIENCE)
                .until(() -> stored() > before);
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private long stored() {
        try (var rows = new StoredRows(suite)) {
            return rows.stored();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
