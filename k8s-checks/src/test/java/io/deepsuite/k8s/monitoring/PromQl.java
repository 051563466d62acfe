package io.deepsuite.k8s.monitoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an expression of Prometheus' query language reads. It is taken apart into words, not understood: promtool says whether it is an expression at all.
 *
 * @param selectors the series it asks for
 * @param groupings labels it groups and matches by
 */
record PromQl(List<Selector> selectors, Set<String> groupings) {

    private static final Pattern TOKEN = Pattern.compile(
            "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`|[a-zA-Z_][\\w:]*|\\d[\\w.]*|[=!]~|!=|\\S");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_][\\w:]*");
    private static final Pattern COMMENT = Pattern.compile("(?m)#.*$");

    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2", "bool", "offset", "inf", "nan");

    PromQl {
        selectors = List.copyOf(selectors);
        groupings = Set.copyOf(groupings);
    }

    /** Reads an expression; fails for a selector without a metric's name. */
    static PromQl parse(String expression) {
        var tokens = TOKEN.matcher(COMMENT.matcher(expression).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
        var selectors = new ArrayList<Selector>();
        var groupings = new HashSet<String>();
        int i = 0;
        while (i < tokens.size()) {
            var token = tokens.get(i);
            var next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (token.equals("{")) {
                throw new IllegalArgumentException("a selector without a metric's name in: " + expression);
            }
            if (GROUPING.contains(token) && next.equals("(")) {
                int end = i + tokens.subList(i, tokens.size()).indexOf(")");
                tokens.subList(i + 2, end).stream()
                        .filter(word -> !word.equals(","))
                        .forEach(groupings::add);
                i = end + 1;
            } else if (metric(token, next)) {
                int end =
                        next.equals("{") ? i + tokens.subList(i, tokens.size()).indexOf("}") : i;
                selectors.add(new Selector(token, labels(tokens.subList(Math.min(i + 2, end), end))));
                i = end + 1;
            } else {
                i++;
            }
        }
        return new PromQl(selectors, groupings);
    }

    private static boolean metric(String token, String next) {
        return WORD.matcher(token).matches()
                && !OPERATORS.contains(token)
                && !GROUPING.contains(token)
                && !next.equals("(")
                && !next.equals("by")
                && !next.equals("without");
    }

    /** A word before an operator of matching is a label. */
    private static Set<String> labels(List<String> matchers) {
        var labels = new HashSet<String>();
        for (int i = 0; i + 1 < matchers.size(); i++) {
            if (Set.of("=", "!=", "=~", "!~").contains(matchers.get(i + 1))) {
                labels.add(matchers.get(i));
            }
        }
        return labels;
    }

    /**
     * Series of one metric.
     *
     * @param labels that it matches by
     */
    record Selector(String metric, Set<String> labels) {
        Selector {
            labels = Set.copyOf(labels);
        }
    }
}
