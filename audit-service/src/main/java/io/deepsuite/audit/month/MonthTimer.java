package io.deepsuite.audit.month;

import io.deepsuite.servicekit.lifecycle.PeriodicTask;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Looks at the months every now and then, for metrics. Ingest does not stop where one is missing, so readiness does not ask. */
@ApplicationScoped
public class MonthTimer {

    private final MeterRegistry metrics;
    private final PeriodicTask task;
    private final AtomicReference<Optional<MonthStore.Months>> seen = new AtomicReference<>(Optional.empty());

    MonthTimer(MonthStore store, MonthConfig config, InstantSource clock, MeterRegistry metrics) {
        this.metrics = metrics;
        this.task = new PeriodicTask(
                "months", config.interval(), () -> seen.set(Optional.of(store.months(clock.instant()))));
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
        task.startAtOnce();
    }

    void stop(@Observes ShutdownEvent event) {
        task.stop();
    }
}
