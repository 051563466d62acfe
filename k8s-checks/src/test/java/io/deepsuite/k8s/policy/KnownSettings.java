package io.deepsuite.k8s.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.deepsuite.k8s.render.Manifest;
import io.deepsuite.k8s.render.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the environment of the suite's own containers sets is a setting that the program reads; a misspelt one would do nothing. */
final class KnownSettings implements Policy {
    private static final Pattern IMAGE = Pattern.compile(
            "(?:.*/)?(model-service|dataprep-service|monitor-agent|audit-service|local-engine|migrations|audit-archive)(?:[:@].*)?");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)");
    private static final Pattern METHOD = Pattern.compile("\\n {4}[\\w<>]+ (\\w+)\\(\\);");
    private static final Pattern NAME = Pattern.compile("deepsuite\\.[a-z0-9.-]+");
    private static final Pattern VARIABLE = Pattern.compile("\"(DEEPSUITE_[A-Z_]+)\"");
    private static final List<String> READ = List.of("Config.java", "Settings.java", ".properties");

    /** Programs that do not use the services' libraries. */
    private static final Set<String> STANDING_ALONE = Set.of("local-engine", "migrations", "audit-archive");

    private static final Map<String, Set<String>> KNOWN = new ConcurrentHashMap<>();

    @Override
    public Stream<String> violations(List<Manifest> manifests) {
        return Workload.of(manifests)
                .flatMap(workload -> workload.allContainers().flatMap(container -> {
                    var image = IMAGE.matcher(container.path("image").asText());
                    if (!image.matches()) {
                        return Stream.empty();
                    }
                    var known = KNOWN.computeIfAbsent(image.group(1), KnownSettings::settings);
                    return environment(workload, container, manifests)
                            .filter(name -> !known.contains(name))
                            .map(name -> "%s: %s is no setting of %s".formatted(workload.id(), name, image.group(1)));
                }));
    }

    private static Stream<String> environment(Workload workload, JsonNode container, List<Manifest> manifests) {
        var own = Manifest.elements(container.path("env"))
                .map(variable -> variable.path("name").asText());
        var mapped = Manifest.elements(container.path("envFrom"))
                .map(source -> source.at("/configMapRef/name").asText())
                .flatMap(name -> manifests.stream()
                        .filter(manifest -> manifest.is("ConfigMap"))
                        .filter(manifest -> manifest.namespace().equals(workload.namespace()))
                        .filter(manifest -> manifest.name().equals(name)))
                .flatMap(map -> map.at("/data").properties().stream().map(Map.Entry::getKey));
        return Stream.concat(own, mapped);
    }

    /** Names of environment variables of everything that a module and its libraries read. */
    private static Set<String> settings(String module) {
        var libraries = STANDING_ALONE.contains(module)
                ? module.equals("local-engine") ? List.of(module) : List.of(module, "job-kit")
                : List.of(module, "service-kit", "audit-journal");
        return libraries.stream()
                .flatMap(library -> sources(Repository.path(library).resolve("src/main")))
                .flatMap(KnownSettings::names)
                .map(name -> name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(Path file) {
        var text = Repository.read(file);
        if (file.toString().endsWith(".properties")) {
            return NAME.matcher(text).results().map(match -> match.group());
        }
        if (file.toString().endsWith("Settings.java")) {
            return VARIABLE.matcher(text).results().map(match -> match.group(1));
        }
        var prefix = PREFIX.matcher(text);
        return prefix.find()
                ? METHOD.matcher(text).results().map(match -> prefix.group(1) + "." + kebab(match.group(1)))
                : Stream.empty();
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> READ.stream().anyMatch(file.toString()::endsWith)).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
