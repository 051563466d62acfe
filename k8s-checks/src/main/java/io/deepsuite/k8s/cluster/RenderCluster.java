package io.deepsuite.k8s.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Main class: {@code RenderCluster RESOURCE FOLDER K8S} writes the overlay of a {@code DeepSeekCluster} to a folder. */
public final class RenderCluster {
    private RenderCluster() {}

    /**
     * Ends with 0 when the overlay is written, and with 1 when the resource is not valid.
     *
     * @param arguments the resource's file; the folder to write to; the checkout's folder {@code k8s}
     */
    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("Usage: RenderCluster RESOURCE FOLDER K8S");
            System.exit(2);
        }
        var problems = render(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]));
        problems.forEach(System.err::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /**
     * Writes the overlay, or nothing when the resource is not valid.
     *
     * @return what is wrong with the resource, one sentence each
     */
    static List<String> render(Path resourceFile, Path folder, Path k8s) {
        var resource = Yaml.read(resourceFile);
        if (!resource.path("apiVersion").asText().equals("deepsuite.io/v1")
                || !resource.path("kind").asText().equals("DeepSeekCluster")) {
            return List.of(resourceFile + ": not a DeepSeekCluster of deepsuite.io/v1");
        }
        var problems =
                ClusterDefinition.load(k8s.resolve("crd/deepseekcluster.yaml")).problems(resource);
        if (problems.isEmpty()) {
            var overlays = folder.toAbsolutePath()
                    .normalize()
                    .relativize(k8s.resolve("overlays").toAbsolutePath().normalize());
            try {
                Files.createDirectories(folder);
                for (var file : new OverlayRenderer(resource, overlays.toString())
                        .files()
                        .entrySet()) {
                    Files.writeString(folder.resolve(file.getKey()), file.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return problems;
    }
}
