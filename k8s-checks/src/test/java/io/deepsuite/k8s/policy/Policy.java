package io.deepsuite.k8s.policy;

import io.deepsuite.k8s.render.Manifest;
import java.util.List;
import java.util.stream.Stream;

/** One rule about everything that is rendered together. */
@FunctionalInterface
public interface Policy {

    /** One sentence for each place that breaks the rule, beginning with the object's {@link Manifest#id()}. */
    Stream<String> violations(List<Manifest> manifests);

    /** All rules. */
    static List<Policy> all() {
        return List.of(
                new RecommendedLabels(),
                new HardenedPods(),
                new PinnedImages(),
                new GuardedNamespaces(),
                new ResilientWorkloads(),
                new ExistingReferences(),
                new MatchingSelectors(),
                new ExistingPorts(),
                new ValidQuantities(),
                new FittingQuotas(),
                new KnownSettings(),
                new SeedMistakes());
    }

    /** What breaks any rule. */
    static List<String> violationsOfAny(List<Manifest> manifests) {
        return all().stream().flatMap(policy -> policy.violations(manifests)).toList();
    }
}
