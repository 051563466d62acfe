package io.deepsuite.k8s.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.k8s.monitoring.PromQl.Selector;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PromQlTest {

    @Test
    void findsMetricsAmongFunctionsOperatorsAndStrings() {
        // When
        var read = PromQl.parse("""
                histogram_quantile(0.99, sum by (quantization, le) (rate(a_bucket{job="not_a_metric{", uri=~'/v1/.*'}[5m])))
                / on (pod) group_left (node) max without (pod) (b:c offset 7d) > bool 1.5e3 # d
                or (time() - e{x!="y"} unless vector(0) * f[30m:1m])
                """);

        // Then
        assertThat(read.selectors())
                .containsExactly(
                        new Selector("a_bucket", Set.of("job", "uri")),
                        new Selector("b:c", Set.of()),
                        new Selector("e", Set.of("x")),
                        new Selector("f", Set.of()));
        assertThat(read.groupings()).containsExactlyInAnyOrder("quantization", "le", "pod", "node");
    }

    @Test
    void refusesASelectorThatHidesItsMetric() {
        assertThatThrownBy(() -> PromQl.parse("sum({__name__=~\"deepsuite_.*\"})"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
