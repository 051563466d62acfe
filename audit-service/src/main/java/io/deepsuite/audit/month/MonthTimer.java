package io.deepsuite.audit.month;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the months every now and then, for metrics. Ingest does not stop where one is missing, so readiness does not ask. */
@ApplicationScoped
public class MonthTimer {

    private static final Logger LOGGER = LoggerFactory.getLogger(MonthTimer.class);

    private final MonthStore store;
    private final MonthConfig config;
    private final InstantSource clock;
    private final MeterRegistry metrics;
    private final AtomicReference<Optional<Thread>> thread = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<MonthStore.Months>> seen = new AtomicReference<>(Optional.empty());

    MonthTimer(MonthStore store, MonthConfig config, InstantSource clock, MeterRegistry metrics) {
        this.store = store;
        this.config = config;
        this.clock = clock;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        // not a number until the first look: a zero would be an alarm
        Gauge.builder(
                        "deepsuite.audit.months.ahead",
                        seen,
                        last -> last.get()
                                .map(months -> (double) months.ahead())
                                .orElse(Double.NaN))
                .description("Months of the store that are ready behind the present one")
                .register(metrics);
        Gauge.builder(
                        "deepsuite.audit.stray.events",
                        seen,
                        last -> last.get()
                                .map(months -> (double) months.strays())
                                .orElse(Double.NaN))
                .description("Stored events at times that no month of the store is there for")
                .register(metrics);
        thread.set(Optional.of(Thread.ofVirtual().name("months").start(this::run)));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.get().ifPresent(Thread::interrupt);
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(config.interval());
            }
        } catch (InterruptedException _) { // the service stops
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            seen.set(Optional.of(store.months(clock.instant())));
        } catch (RuntimeException failure) { // the thread's edge
            LOGGER.atWarn().setCause(failure).log("months not looked at, will be tried again");
        }
    }
}
