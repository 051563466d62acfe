package io.deepsuite.k8s.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What makes a HorizontalPodAutoscaler stand still for ever, or be refused. */
final class Scaler {

    /** As apimachinery's resource.Quantity reads it: no percent, and m is a thousandth. */
    private static final Pattern QUANTITY =
            Pattern.compile("[+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\\d+)?");

    private static final Set<String> OF_THE_METRICS_API = Set.of("cpu", "memory");

    private Scaler() {}

    /** Whether it is a quantity of Kubernetes. */
    static boolean quantity(String value) {
        return QUANTITY.matcher(value).matches();
    }

    /** What is wrong with it; empty when nothing is. */
    static List<String> problems(Manifest scaler) {
        var problems = new ArrayList<String>();
        for (var metric : scaler.at("/spec/metrics")) {
            if (metric.path("type").asText().endsWith("Resource")) {
                var name = metric.findPath("name").asText();
                if (!OF_THE_METRICS_API.contains(name)) {
                    problems.add("the metrics API has no %s: only %s".formatted(name, OF_THE_METRICS_API));
                }
            }
            for (var field : List.of("averageValue", "value")) {
                metric.findValues(field).stream()
                        .map(JsonNode::asText)
                        .filter(value -> !quantity(value))
                        .forEach(value -> problems.add("%s: %s is no quantity".formatted(field, value)));
            }
        }
        if (scaler.at("/spec/minReplicas").asInt(1)
                > scaler.at("/spec/maxReplicas").asInt()) {
            problems.add("minReplicas is above maxReplicas");
        }
        return problems;
    }
}
