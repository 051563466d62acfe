package io.deepsuite.devstack.layout;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the build made, in a checkout.
 *
 * @param repository root of the checkout, absolute
 */
public record Installation(Path repository) {
    /** System property that names the checkout; without it the working directory and its parents are searched. */
    public static final String REPOSITORY_PROPERTY = "deepsuite.repository";

    public Installation {
        repository = repository.toAbsolutePath().normalize();
    }

    /**
     * Finds the checkout this process works in.
     *
     * @throws DevstackException if there is none
     */
    public static Installation find() {
        var named = System.getProperty(REPOSITORY_PROPERTY);
        var start = Path.of(named == null ? "" : named).toAbsolutePath();
        for (var folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("contracts")) && Files.isDirectory(folder.resolve("devstack"))) {
                return new Installation(folder);
            }
        }
        throw new DevstackException("no Deepsuite checkout at or above " + start);
    }

    /** Class path of the processes that devstack itself provides: the broker and the supervisor. */
    public String classPath() {
        var target = repository.resolve("devstack").resolve("target");
        return target.resolve("classes") + java.io.File.pathSeparator + target.resolve("lib") + "/*";
    }

    /** Folder of unpacked distributions, shared by all stacks of this checkout. */
    public Path distributions() {
        return repository.resolve("devstack").resolve("target").resolve("dist");
    }

    /** Jars that hold binaries. */
    public Path libraries() {
        return repository.resolve("devstack").resolve("target").resolve("lib");
    }

    /** The runnable jar of a service or of the local engine. */
    public Path runnableJar(String module) {
        return repository
                .resolve(module)
                .resolve("target")
                .resolve("quarkus-app")
                .resolve("quarkus-run.jar");
    }

    /**
     * The native executable of a service.
     *
     * @throws DevstackException if it was not built
     */
    public Path executable(String module) {
        var executable = repository.resolve(module).resolve("target").resolve(module);
        if (!Files.isExecutable(executable)) {
            throw new DevstackException("no native executable of " + module + " (expected: " + executable
                    + "; ./deepsuite native " + module + " makes it)");
        }
        return executable;
    }

    /** Migrations of a service's database; the folder may be missing. */
    public Path migrations(String module) {
        return repository.resolve(module).resolve("src/main/resources/db/migration");
    }

    /** The realm, as Kubernetes gets it too. */
    public Path realm() {
        return repository.resolve("k8s/components/keycloak/realm/deepsuite-realm.json");
    }

    /** Demo models. */
    public Path models() {
        return repository.resolve("local-engine").resolve("models");
    }

    /** The java command that runs this process. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
