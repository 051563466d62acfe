package io.deepsuite.k8s.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules ({@code x-kubernetes-validations}) of a structural schema, evaluated as the API server does. */
final class CelRules {
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("self", SimpleType.DYN)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    private CelRules() {}

    /** Messages of the rules that a value breaks, each with the value's path. */
    static List<String> violations(JsonNode schema, JsonNode value, String path) {
        var violations = new ArrayList<String>();
        if (value.isMissingNode()) {
            return violations;
        }
        for (var rule : schema.path("x-kubernetes-validations")) {
            // A rule about the change from an older object says nothing about a first one.
            if (!rule.path("rule").asText().contains("oldSelf")
                    && !holds(rule.path("rule").asText(), value)) {
                violations.add(path + ": " + rule.path("message").asText());
            }
        }
        schema.path("properties")
                .properties()
                .forEach(property -> violations.addAll(violations(
                        property.getValue(), value.path(property.getKey()), path + "." + property.getKey())));
        return violations;
    }

    private static boolean holds(String rule, JsonNode value) {
        try {
            var program = RUNTIME.createProgram(COMPILER.compile(rule).getAst());
            return Boolean.TRUE.equals(program.eval(Map.of("self", plain(value))));
        } catch (CelException e) {
            throw new IllegalStateException("the rule \"" + rule + "\" cannot be evaluated", e);
        }
    }

    private static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var map = new HashMap<String, Object>();
                node.properties().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
                yield map;
            }
            case ARRAY -> {
                var list = new ArrayList<Object>();
                node.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : node.doubleValue();
            default -> node.asText();
        };
    }
}
