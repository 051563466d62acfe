package io.deepsuite.k8s.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/**
 * Renders with {@code kubectl kustomize}, as a deployment does. Where no kubectl is on the PATH the tests that need it are skipped, and say so; with
 * {@code DEEPSUITE_REQUIRE_KUBECTL} set to anything they fail instead.
 */
public final class Kustomize {
    private static final Map<Path, List<Manifest>> RENDERED = new ConcurrentHashMap<>();

    private Kustomize() {}

    /** Renders a folder of {@code k8s/}: a base, or an overlay. */
    public static List<Manifest> render(String folder) {
        return render(Repository.k8s(folder));
    }

    /** Renders a kustomization. */
    public static List<Manifest> render(Path folder) {
        requireKubectl();
        return RENDERED.computeIfAbsent(folder.toAbsolutePath().normalize(), key -> Yaml.manifests(run(key)));
    }

    /**
     * Renders bases together with components, which cannot stand alone.
     *
     * @param bases folders of {@code k8s/}
     * @param components folders of {@code k8s/}
     */
    public static List<Manifest> render(List<String> bases, List<String> components) {
        var text = new StringBuilder("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
        var folder = Repository.path("k8s-checks/target/renders")
                .resolve(HexFormat.of().toHexDigits((bases + " " + components).hashCode()));
        list(text, "resources", folder, bases);
        list(text, "components", folder, components);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("kustomization.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return render(folder);
    }

    /** The four services as they stand in {@code base/}. */
    public static List<String> bases() {
        return Repository.SERVICES.stream().map(service -> "base/" + service).toList();
    }

    /** Skips the running test, loudly, where there is no kubectl. */
    public static void requireKubectl() {
        if (Tools.find("kubectl").isPresent()) {
            return;
        }
        var message =
                "NOT CHECKED: no kubectl on the PATH, so nothing of k8s/ was rendered; install kubectl 1.27 or later";
        if (System.getenv("DEEPSUITE_REQUIRE_KUBECTL") != null) {
            throw new AssertionError(message);
        }
        System.err.println(message);
        Assumptions.abort(message);
    }

    private static void list(StringBuilder text, String key, Path folder, List<String> entries) {
        if (!entries.isEmpty()) {
            text.append(key).append(":\n");
            entries.forEach(entry -> text.append("  - ")
                    .append(folder.relativize(Repository.k8s(entry)))
                    .append('\n'));
        }
    }

    private static String run(Path folder) {
        var command = new ArrayList<>(List.of("kubectl", "kustomize", folder.toString()));
        try {
            var errors = Files.createTempFile("kustomize", ".err");
            try {
                var process = new ProcessBuilder(command)
                        .redirectError(errors.toFile())
                        .start();
                var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new AssertionError(folder + " does not render: " + Files.readString(errors));
                }
                return output;
            } finally {
                Files.delete(errors);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while rendering " + folder, e);
        }
    }
}
