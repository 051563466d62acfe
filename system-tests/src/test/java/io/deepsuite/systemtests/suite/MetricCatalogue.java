package io.deepsuite.systemtests.suite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docs/metrics.md} promises of metrics.
 *
 * @param own all of the suite's own
 * @param platform those of the platform that dashboards rely on
 */
public record MetricCatalogue(List<Entry> own, List<Entry> platform) {

    private static final Path PAGE = Path.of("..", "docs", "metrics.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    public MetricCatalogue {
        own = List.copyOf(own);
        platform = List.copyOf(platform);
    }

    /** Reads the page. */
    public static MetricCatalogue read() {
        try {
            var lines = Files.readAllLines(PAGE);
            return new MetricCatalogue(section(lines, "## The suite's own"), section(lines, "## The platform's"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that a process exports while nothing fails. */
    public List<Entry> exportedBy(String process) {
        return Stream.concat(own.stream(), platform.stream())
                .filter(entry -> entry.exportedBy().contains(process))
                .filter(entry -> !entry.from().equals("failure"))
                .toList();
    }

    private static List<Entry> section(List<String> lines, String heading) {
        var entries = new ArrayList<Entry>();
        for (var line : lines.subList(lines.indexOf(heading) + 1, lines.size())) {
            if (line.startsWith("## ")) {
                break;
            }
            if (line.startsWith("| `")) {
                entries.add(Entry.of(line.split("\\|", -1)));
            }
        }
        return entries;
    }

    /**
     * A metric.
     *
     * @param name as it is scraped; of a histogram or summary what its series begin with
     * @param type counter, gauge, histogram or summary
     * @param labels names of its labels
     * @param exportedBy processes
     * @param from when its series are there: start, traffic, event or failure
     */
    public record Entry(String name, String type, Set<String> labels, Set<String> exportedBy, String from) {

        public Entry {
            labels = Set.copyOf(labels);
            exportedBy = Set.copyOf(exportedBy);
        }

        private static Entry of(String[] cells) {
            return new Entry(
                    codes(cells[1]).findFirst().orElseThrow(),
                    cells[2].strip(),
                    codes(cells[3]).collect(Collectors.toSet()),
                    Set.of(cells[4].strip().split(", ")),
                    cells[5].strip());
        }

        private static Stream<String> codes(String cell) {
            return CODE.matcher(cell).results().map((MatchResult match) -> match.group(1));
        }

        /** The series it is made of, each with its labels. */
        public Set<Series> series() {
            var plain =
                    labels.stream().filter(label -> !label.equals("quantile")).collect(Collectors.toSet());
            return switch (type) {
                case "counter", "gauge" -> Set.of(new Series(name, labels));
                case "summary" ->
                    labels.contains("quantile")
                            ? Set.of(count(plain), sum(plain), max(plain), new Series(name, labels))
                            : Set.of(count(plain), sum(plain), max(plain));
                case "histogram" -> {
                    var buckets = Stream.concat(plain.stream(), Stream.of("le")).collect(Collectors.toSet());
                    yield Set.of(count(plain), sum(plain), max(plain), new Series(name + "_bucket", buckets));
                }
                default ->
                    throw new IllegalStateException(
                            "type: %s (expected: counter, gauge, histogram or summary)".formatted(type));
            };
        }

        private Series count(Set<String> plain) {
            return new Series(name + "_count", plain);
        }

        private Series sum(Set<String> plain) {
            return new Series(name + "_sum", plain);
        }

        private Series max(Set<String> plain) {
            return new Series(name + "_max", plain);
        }
    }

    /**
     * Samples of one name with the same labels.
     *
     * @param labels names of the labels
     */
    public record Series(String name, Set<String> labels) {

        private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-zA-Z_:][\\w:]*)(?:\\{([^}]*)})? ");
        private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

        public Series {
            labels = Set.copyOf(labels);
        }

        /** The series of a page of metrics. */
        public static Set<Series> of(String page) {
            return SAMPLE.matcher(page)
                    .results()
                    .map(sample -> new Series(sample.group(1), labels(sample.group(2))))
                    .collect(Collectors.toSet());
        }

        private static Set<String> labels(@Nullable String labels) {
            return labels == null
                    ? Set.of()
                    : LABEL.matcher(labels)
                            .results()
                            .map(label -> label.group(1))
                            .collect(Collectors.toSet());
        }
    }
}
