package io.deepsuite.audit.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.identity.Caller;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

    private static final Caller MEI = caller("acme", "mei");
    private static final Caller ADAM = caller("acme", "adam");
    private static final Caller STRANGER = caller("globex", "mei");

    private final Time time = new Time();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final CallLimits limits = new CallLimits(new Small(), metrics, time);

    @Test
    void refusesACallerWhoHasTakenItsBurstAndSaysWhenToComeBack() {
        limits.call(MEI);
        limits.call(MEI);

        assertRefused(() -> limits.call(MEI), "calls", Duration.ofSeconds(1));
        limits.call(STRANGER);
        time.pass(Duration.ofSeconds(1));
        limits.call(MEI);
        assertThat(refusals("calls")).isEqualTo(1);
    }

    @Test
    void refusesTheCallersOfATenantTogether() {
        limits.call(MEI);
        limits.call(MEI);
        limits.call(ADAM);

        assertRefused(() -> limits.call(ADAM), "tenant_calls", Duration.ofSeconds(1));
        assertThat(refusals("tenant_calls")).isEqualTo(1);
        limits.call(STRANGER);
    }

    @Test
    void doesNotChargeTheCallerForARefusalOfItsTenant() {
        limits.call(MEI);
        limits.call(MEI);
        limits.call(ADAM);

        assertRefused(() -> limits.call(ADAM), "tenant_calls", Duration.ofSeconds(1));
        assertRefused(() -> limits.call(ADAM), "tenant_calls", Duration.ofSeconds(1));
    }

    @Test
    void boundsExportsAtTheSameTime() {
        var end = limits.export(MEI);

        assertRefused(() -> limits.export(ADAM), "concurrent_exports", Duration.ofSeconds(7));
        end.run();
        limits.export(ADAM).run();
        assertThat(refusals("concurrent_exports")).isEqualTo(1);
    }

    @Test
    void boundsExportsOfACallerInAnHour() {
        limits.export(MEI).run();
        limits.export(MEI).run();

        assertRefused(() -> limits.export(MEI), "exports", Duration.ofMinutes(30));
        limits.export(ADAM).run();
        time.pass(Duration.ofMinutes(30));
        limits.export(MEI).run();
    }

    @Test
    void remembersSoManyCallersAndNoMore() {
        limits.call(STRANGER);
        limits.call(STRANGER);
        for (var name : Set.of("a", "b", "c", "d")) {
            limits.call(caller("tenant-" + name, name));
        }

        limits.call(STRANGER);
    }

    private double refusals(String limit) {
        return metrics.get("deepsuite_audit_limited")
                .tag("limit", limit)
                .counter()
                .count();
    }

    private static void assertRefused(ThrowingCallable call, String limit, Duration wait) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DeepsuiteException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ErrorReason.RATE_LIMITED);
            assertThat(refused.metadata())
                    .containsEntry("limit", limit)
                    .containsEntry("retry_after_millis", Long.toString(wait.toMillis()));
        });
    }

    private static Caller caller(String tenant, String name) {
        return new Caller(Caller.Kind.USER, name, name, tenant, "app", "", "app", "", "", "127.0.0.1", Set.of());
    }

    /** Two calls of a caller, three of a tenant, one more each second; an export at a time, two an hour; four callers. */
    private record Small() implements LimitConfig {
        @Override
        public int callsPerSecond() {
            return 1;
        }

        @Override
        public int callBurst() {
            return 2;
        }

        @Override
        public int tenantCallsPerSecond() {
            return 1;
        }

        @Override
        public int tenantCallBurst() {
            return 3;
        }

        @Override
        public int exportsPerHour() {
            return 2;
        }

        @Override
        public int concurrentExports() {
            return 1;
        }

        @Override
        public Duration exportRetryAfter() {
            return Duration.ofSeconds(7);
        }

        @Override
        public int callers() {
            return 4;
        }
    }

    private static final class Time implements TimeMeter {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
