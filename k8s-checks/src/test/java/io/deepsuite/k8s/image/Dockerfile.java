package io.deepsuite.k8s.image;

import io.deepsuite.k8s.render.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The instructions of a Dockerfile.
 *
 * @param instructions in order, continued lines joined
 */
record Dockerfile(List<Instruction> instructions) {
    private static final Pattern PINNED = Pattern.compile("[a-z0-9][a-z0-9/._-]*:[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*");
    private static final Pattern EXECUTED = Pattern.compile("\\[\".*\"]");

    /** One instruction: its name in capitals, and the rest of the line. */
    record Instruction(String name, String arguments) {
        boolean is(String other) {
            return name.equals(other);
        }
    }

    Dockerfile {
        instructions = List.copyOf(instructions);
    }

    static Dockerfile parse(String text) {
        var joined = text.lines()
                .filter(line -> !line.stripLeading().startsWith("#"))
                .reduce("", (all, line) -> all + line + "\n")
                .replaceAll("\\\\\\n\\s*", "");
        var instructions = joined.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> {
                    int space = line.indexOf(' ');
                    return new Instruction(
                            line.substring(0, space).toUpperCase(Locale.ROOT),
                            line.substring(space).strip());
                })
                .toList();
        return new Dockerfile(instructions);
    }

    /** What is wrong; empty when nothing is. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        bases().filter(base -> !base.equals("scratch") && !PINNED.matcher(base).matches())
                .forEach(base -> problems.add("base " + base + " is not pinned"));
        bases().filter(base -> base.contains("/")
                        && base.substring(0, base.indexOf('/')).contains("."))
                .forEach(base -> problems.add("base " + base + " names a registry"));
        if (instructions.stream().anyMatch(instruction -> instruction.is("ADD"))) {
            problems.add("ADD unpacks and downloads; COPY");
        }
        var last = lastStage();
        if (last.stream()
                .noneMatch(instruction ->
                        instruction.is("USER") && instruction.arguments().equals("65532:65532"))) {
            problems.add("does not end as user 65532:65532");
        }
        if (last.stream().noneMatch(instruction -> instruction.is("ENTRYPOINT") && executed(instruction))) {
            problems.add("ENTRYPOINT needs a shell, which would keep signals to itself");
        }
        if (last.stream().noneMatch(instruction -> instruction.arguments().contains("/usr/share/sbom/"))) {
            problems.add("has no bill of materials");
        }
        instructions.stream()
                .filter(instruction ->
                        instruction.is("COPY") && !instruction.arguments().contains("--from="))
                .flatMap(Dockerfile::sources)
                .filter(source -> !Files.exists(Repository.path(source)))
                .forEach(source -> problems.add("copies " + source + ", which is not there"));
        return problems;
    }

    /** Whether nothing but what is copied is in the image. */
    boolean isFromScratch() {
        return lastStage().getFirst().arguments().equals("scratch");
    }

    private static boolean executed(Instruction instruction) {
        return EXECUTED.matcher(instruction.arguments()).matches();
    }

    private List<Instruction> lastStage() {
        int from = instructions.size() - 1;
        while (!instructions.get(from).is("FROM")) {
            from--;
        }
        return instructions.subList(from, instructions.size());
    }

    /** Images that stages begin with; stages that begin with another are left out. */
    private Stream<String> bases() {
        Map<String, String> defaults = new HashMap<>();
        var stages = new ArrayList<String>();
        var bases = new ArrayList<String>();
        for (var instruction : instructions) {
            if (instruction.is("ARG") && instruction.arguments().contains("=")) {
                int equals = instruction.arguments().indexOf('=');
                defaults.put(
                        "${" + instruction.arguments().substring(0, equals) + "}",
                        instruction.arguments().substring(equals + 1));
            }
            if (instruction.is("FROM")) {
                var words = List.of(instruction.arguments().split(" ", -1));
                var base = defaults.getOrDefault(words.getFirst(), words.getFirst());
                if (!stages.contains(base)) {
                    bases.add(base);
                }
                stages.add(words.getLast());
            }
        }
        return bases.stream();
    }

    private static Stream<String> sources(Instruction copy) {
        var words = Stream.of(copy.arguments().split(" ", -1))
                .filter(word -> !word.startsWith("--"))
                .toList();
        return words.subList(0, words.size() - 1).stream();
    }

    /** All of the checkout, relative to its root. */
    static List<Path> all() {
        return Stream.of(
                        "model-service",
                        "dataprep-service",
                        "monitor-agent",
                        "audit-service",
                        "local-engine",
                        "migrations")
                .flatMap(module -> Stream.of("Dockerfile", "Dockerfile.jvm").map(name -> Path.of(module, name)))
                .filter(file -> Files.exists(Repository.path(file.toString())))
                .toList();
    }
}
