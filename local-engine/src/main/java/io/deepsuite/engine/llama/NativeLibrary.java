package io.deepsuite.engine.llama;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Puts the native library in place. The library's own loader unpacks into one file that all processes of a machine share, so that a second engine replaces it
 * under the first; here each process has its own copy, removed once it is loaded.
 */
final class NativeLibrary {

    private static final String LOCATION = "de.kherud.llama.lib.path";

    private NativeLibrary() {}

    /**
     * Unpacks the library, lets its Java side load the copy, and removes the copy.
     *
     * @param owner class that loads the library when it is initialised
     * @throws IllegalStateException if the platform has no library, or something it needs is not installed; the message says what to install
     */
    static void load(String owner) {
        Platform platform = Platform.of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        if (platform.folder().startsWith("Linux")) {
            require("libgomp.so.1", "libgomp1 (Debian, Ubuntu) or libgomp (Fedora, RHEL)");
        }
        try {
            Path directory = Files.createTempDirectory("deepsuite-engine-");
            Path copy = directory.resolve(platform.file());
            try {
                unpack(platform, copy);
                System.setProperty(LOCATION, directory.toString());
                Class.forName(owner);
            } finally {
                System.clearProperty(LOCATION);
                Files.deleteIfExists(copy);
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the native library cannot be unpacked", e);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException("the native library cannot be loaded: " + e.getMessage(), e);
        }
    }

    /**
     * Fails when a shared library is not installed.
     *
     * @param file such as {@code libgomp.so.1}
     * @param packages what to install
     */
    @SuppressWarnings("restricted") // native access is what this class is for; the process is started with it enabled
    static void require(String file, String packages) {
        try {
            var _ = SymbolLookup.libraryLookup(file, Arena.global());
        } catch (IllegalArgumentException _) {
            throw new IllegalStateException(
                    "%s is not installed and the engine needs it; install the package %s".formatted(file, packages));
        }
    }

    private static void unpack(Platform platform, Path target) throws IOException {
        String resource = "de/kherud/llama/%s/%s".formatted(platform.folder(), platform.file());
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the native library %s is not on the class path".formatted(resource));
            }
            Files.copy(in, target);
        }
    }

    /**
     * Where the library's jar keeps the file for a platform.
     *
     * @param folder such as {@code Linux/x86_64}
     * @param file such as {@code libjllama.so}
     */
    record Platform(String folder, String file) {

        /**
         * The platform of a virtual machine.
         *
         * @throws IllegalStateException if there is no library for it
         */
        static Platform of(String osName, String osArch) {
            String processor = switch (osArch.toLowerCase(Locale.ROOT)) {
                case "amd64", "x86_64" -> "x86_64";
                case "aarch64", "arm64" -> "aarch64";
                default -> throw unsupported(osName, osArch);
            };
            if (osName.startsWith("Linux")) {
                return new Platform("Linux/" + processor, "libjllama.so");
            }
            if (osName.startsWith("Mac")) {
                return new Platform("Mac/" + processor, "libjllama.dylib");
            }
            throw unsupported(osName, osArch);
        }

        private static IllegalStateException unsupported(String osName, String osArch) {
            return new IllegalStateException(
                    "platform: %s %s (expected: Linux or Mac, x86_64 or aarch64); use a remote engine"
                            .formatted(osName, osArch));
        }
    }
}
