package io.deepsuite.journal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.Optional;

/** Makes for tests what only the container makes. */
public final class Unaudited {

    private Unaudited() {}

    /** No read is served without its event. */
    public static UnauditedReads none(AuditJournal journal) {
        var config = (JournalConfig) Proxy.newProxyInstance(
                Unaudited.class.getClassLoader(), new Class<?>[] {JournalConfig.class}, (_, _, _) -> Optional.empty());
        return new UnauditedReads(config, journal, new SimpleMeterRegistry(), InstantSource.system());
    }
}
