package io.deepsuite.audit.limit;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.error.Failures;
import io.deepsuite.servicekit.identity.Caller;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** Counts calls and exports of callers and tenants, and refuses those that are too many. */
@Startup // its counters are there before the first call
@ApplicationScoped
public class CallLimits {

    private final Buckets<CallerKey> calls;
    private final Buckets<String> tenantCalls;
    private final Buckets<CallerKey> exports;
    private final Semaphore running;
    private final Duration exportRetryAfter;
    private final Map<Limit, Counter> refusals = new EnumMap<>(Limit.class);

    @Inject
    CallLimits(LimitConfig config, MeterRegistry metrics) {
        this(config, metrics, TimeMeter.SYSTEM_NANOTIME);
    }

    CallLimits(LimitConfig config, MeterRegistry metrics, TimeMeter time) {
        calls = new Buckets<>(
                config.callBurst(), config.callsPerSecond(), Duration.ofSeconds(1), config.callers(), time);
        tenantCalls = new Buckets<>(
                config.tenantCallBurst(), config.tenantCallsPerSecond(), Duration.ofSeconds(1), config.callers(), time);
        exports = new Buckets<>(
                config.exportsPerHour(), config.exportsPerHour(), Duration.ofHours(1), config.callers(), time);
        running = new Semaphore(config.concurrentExports());
        exportRetryAfter = config.exportRetryAfter();
        for (var limit : Limit.values()) {
            refusals.put(
                    limit,
                    Counter.builder("deepsuite_audit_limited")
                            .description("calls of the audit API that were refused because there were too many")
                            .tag("limit", limit.word())
                            .register(metrics));
        }
    }

    /** Counts a call. @throws DeepsuiteException {@link ErrorReason#RATE_LIMITED} if it is one too many */
    void call(Caller caller) {
        var key = CallerKey.of(caller);
        calls.take(key).ifPresent(wait -> refuse(Limit.CALLS, wait));
        tenantCalls.take(caller.tenant()).ifPresent(wait -> {
            calls.giveBack(key);
            refuse(Limit.TENANT_CALLS, wait);
        });
    }

    /**
     * Counts an export.
     *
     * @return ends the export; to be run once
     * @throws DeepsuiteException {@link ErrorReason#RATE_LIMITED} if it is one too many
     */
    Runnable export(Caller caller) {
        if (!running.tryAcquire()) {
            refuse(Limit.CONCURRENT_EXPORTS, exportRetryAfter);
        }
        exports.take(CallerKey.of(caller)).ifPresent(wait -> {
            running.release();
            refuse(Limit.EXPORTS, wait);
        });
        return running::release;
    }

    private void refuse(Limit limit, Duration wait) {
        var counter = refusals.get(limit);
        if (counter != null) {
            counter.increment();
        }
        throw new DeepsuiteException(
                ErrorReason.RATE_LIMITED,
                limit.detail(),
                Map.of(
                        "limit",
                        limit.word(),
                        Failures.RETRY_AFTER_MILLIS,
                        Long.toString(Math.max(1, wait.toMillis()))));
    }

    private record CallerKey(String tenant, String id) {
        static CallerKey of(Caller caller) {
            return new CallerKey(caller.tenant(), caller.id());
        }
    }
}
