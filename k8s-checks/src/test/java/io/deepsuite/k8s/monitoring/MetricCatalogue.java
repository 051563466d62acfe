package io.deepsuite.k8s.monitoring;

import io.deepsuite.k8s.render.Repository;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The series that an expression may read: those of {@code docs/metrics.md}, and those that rules record.
 *
 * @param series their names, each with its labels
 */
record MetricCatalogue(Map<String, Set<String>> series) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** What the scraper adds to every series. */
    private static final Set<String> OF_THE_SCRAPER =
            Set.of("job", "namespace", "pod", "container", "instance", "endpoint");

    MetricCatalogue {
        series = Map.copyOf(series);
    }

    /** What is in the page. */
    static MetricCatalogue ofThePage() {
        var series = new HashMap<String, Set<String>>();
        Repository.read(Repository.path("docs/metrics.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1))
                .forEach(cells -> series.putAll(expand(
                        codes(cells[1]).findFirst().orElseThrow(),
                        cells[2].strip(),
                        codes(cells[3]).collect(Collectors.toSet()))));
        return new MetricCatalogue(series);
    }

    /** What is in the page, and what the rules record. */
    static MetricCatalogue withRecorded(List<Rule> rules) {
        var catalogue = ofThePage();
        for (var rule : rules) {
            if (!rule.recorded().isEmpty()) {
                catalogue = catalogue.with(rule);
            }
        }
        return catalogue;
    }

    /** A recorded series can have no label that is not in what it is made of. */
    private MetricCatalogue with(Rule rule) {
        var labels = new HashSet<String>();
        PromQl.parse(rule.expression())
                .selectors()
                .forEach(selector -> labels.addAll(series.getOrDefault(selector.metric(), Set.of())));
        var more = new HashMap<>(series);
        more.put(rule.recorded(), labels);
        return new MetricCatalogue(more);
    }

    /** What an expression reads that does not exist, in words. */
    List<String> unknown(String expression) {
        var read = PromQl.parse(expression);
        var unknown = new ArrayList<String>();
        var available = new HashSet<>(OF_THE_SCRAPER);
        for (var selector : read.selectors()) {
            var labels = series.get(selector.metric());
            if (labels == null) {
                unknown.add("metric " + selector.metric());
                continue;
            }
            available.addAll(labels);
            selector.labels().stream()
                    .filter(label -> !labels.contains(label) && !OF_THE_SCRAPER.contains(label))
                    .forEach(label -> unknown.add("label %s of %s".formatted(label, selector.metric())));
        }
        read.groupings().stream()
                .filter(label -> !available.contains(label))
                .forEach(label -> unknown.add("label " + label));
        return unknown;
    }

    private static Map<String, Set<String>> expand(String name, String type, Set<String> labels) {
        var plain = labels.stream().filter(label -> !label.equals("quantile")).collect(Collectors.toSet());
        var buckets = Stream.concat(plain.stream(), Stream.of("le")).collect(Collectors.toSet());
        return switch (type) {
            case "counter", "gauge" -> Map.of(name, labels);
            case "summary" -> Map.of(name, labels, name + "_count", plain, name + "_sum", plain, name + "_max", plain);
            case "histogram" ->
                Map.of(name + "_bucket", buckets, name + "_count", plain, name + "_sum", plain, name + "_max", plain);
            default ->
                throw new IllegalStateException(
                        "type of %s: %s (expected: counter, gauge, histogram or summary)".formatted(name, type));
        };
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1));
    }
}
