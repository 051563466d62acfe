package io.deepsuite.audit.completeness;

import static org.assertj.core.api.Assertions.assertThat;

import io.deepsuite.audit.event.SourceId;
import io.deepsuite.servicekit.grpc.PlainCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // neither database nor agent: what they would be asked is answered here
class CompletenessServiceTest {

    private static final Duration GRACE = Duration.ofSeconds(15);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Reports reports = new Reports();
    private final Told told = new Told();
    private final CompletenessService service =
            new CompletenessService(reports, told, new TestCompleteness(GRACE), metrics);

    @Test
    void raisesTheAlarmWhenNumbersStayAwayLongerThanTheGrace() {
        reports.are = List.of(
                report("late", Optional.empty(), gap(2, 4, 15)), report("early", Optional.empty(), gap(2, 4, 14)));

        service.check();

        assertThat(gauge("deepsuite.audit.incomplete.sources")).isEqualTo(1);
        assertThat(gauge("deepsuite.audit.missing.events")).isEqualTo(3);
        assertThat(told.last).isEqualTo(Map.of(source("late"), new SourceFault(List.of(new NumberRun(2, 4)), false)));
    }

    @Test
    void raisesTheAlarmForABootThatWasFollowedAndHasNoEnd() {
        reports.are = List.of(
                report("followed", Optional.of(Duration.ofSeconds(15))),
                report("just followed", Optional.of(Duration.ofSeconds(14))),
                report("open", Optional.empty()));

        service.check();

        assertThat(gauge("deepsuite.audit.incomplete.sources")).isEqualTo(1);
        assertThat(gauge("deepsuite.audit.missing.events")).isZero();
        assertThat(told.last).isEqualTo(Map.of(source("followed"), new SourceFault(List.of(), true)));
    }

    @Test
    void endsTheAlarmWhenAllHasArrived() {
        reports.are = List.of(report("a", Optional.empty(), gap(2, 4, 20)));
        service.check();
        reports.are = List.of(report("a", Optional.empty()));

        service.check();

        assertThat(gauge("deepsuite.audit.incomplete.sources")).isZero();
        assertThat(gauge("deepsuite.audit.missing.events")).isZero();
        assertThat(told.last).isEmpty();
    }

    private double gauge(String name) {
        return metrics.get(name).gauge().value();
    }

    private static SourceId source(String instance) {
        return new SourceId("model-service", instance, 1);
    }

    private static SourceReport report(String instance, Optional<Duration> followed, SourceGap... gaps) {
        return new SourceReport(
                source(instance), 1, 9, OptionalLong.empty(), Optional.empty(), List.of(gaps), followed);
    }

    private static SourceGap gap(long first, long last, int seconds) {
        return new SourceGap(new NumberRun(first, last), Duration.ofSeconds(seconds));
    }

    private static final class Reports extends SourceStore {

        private List<SourceReport> are = List.of();

        Reports() {
            super(null, null);
        }

        @Override
        public List<SourceReport> sources() {
            return are;
        }
    }

    private static final class Told extends CompletenessClient {

        private Map<SourceId, SourceFault> last = Map.of();

        Told() {
            super(null, new PlainCalls(), InstantSource.system());
        }

        @Override
        void tell(Map<SourceId, SourceFault> faults) {
            last = Map.copyOf(faults);
        }
    }
}
