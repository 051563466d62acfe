package io.deepsuite.k8s.render;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Programs that a machine may have. */
public final class Tools {
    private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    private Tools() {}

    /** Where a program is, when it is on the PATH. */
    public static Optional<Path> find(String program) {
        return Stream.ofNullable(System.getenv("PATH"))
                .flatMap(SEPARATOR::splitAsStream)
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
