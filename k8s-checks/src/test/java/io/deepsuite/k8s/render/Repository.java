package io.deepsuite.k8s.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where things are in the checkout. */
public final class Repository {
    private static final Path ROOT = Path.of(System.getProperty("deepsuite.repository", ".."))
            .toAbsolutePath()
            .normalize();

    /** The four services. */
    public static final List<String> SERVICES =
            List.of("model-service", "dataprep-service", "monitor-agent", "audit-service");

    private Repository() {}

    /** A file or folder of the checkout. */
    public static Path path(String relative) {
        return ROOT.resolve(relative);
    }

    /** A folder of {@code k8s/}. */
    public static Path k8s(String relative) {
        return path("k8s").resolve(relative);
    }

    /** Folders below {@code k8s/FOLDER} that hold a kustomization of the kind, as paths relative to {@code k8s/}, sorted. */
    public static List<String> kustomizations(String folder, String kind) {
        try (Stream<Path> files = Files.walk(k8s(folder))) {
            return files.filter(file -> file.getFileName().toString().equals("kustomization.yaml"))
                    .filter(file -> read(file).contains("\nkind: " + kind + "\n"))
                    .map(file -> path("k8s").relativize(file.resolveSibling("")).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
