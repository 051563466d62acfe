package io.deepsuite.devstack.layout;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Takes binaries out of the jars they come in, without programs of the system. */
public final class Archives {
    private Archives() {}

    /** Finds the library whose file name starts so. */
    public static Path library(Installation installation, String prefix) {
        try (var jars = Files.list(installation.libraries())) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new DevstackException("no " + prefix + "*.jar in " + installation.libraries()
                            + "; build the module devstack first"));
        } catch (IOException e) {
            throw new DevstackException("cannot read " + installation.libraries() + ": " + e.getMessage(), e);
        }
    }

    /** Writes the one entry of a jar that is wanted into a file, executable; complete or not at all. */
    public static void extract(Path jar, Predicate<String> wanted, Path target) {
        try (var zip = new ZipFile(jar.toFile())) {
            Files.createDirectories(target.getParent());
            var draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".draft");
            try (var content = zip.getInputStream(entry(zip, wanted))) {
                Files.copy(content, draft, StandardCopyOption.REPLACE_EXISTING);
            }
            makeExecutable(draft);
            Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DevstackException("cannot unpack " + jar + ": " + e.getMessage(), e);
        }
    }

    /** Unpacks the .txz inside a jar into a folder, complete or not at all; two at once do not disturb each other. */
    public static void unpackTxz(Path jar, Path target) {
        try (var zip = new ZipFile(jar.toFile())) {
            Files.createDirectories(target.getParent());
            var draft = Files.createTempDirectory(target.getParent(), "." + target.getFileName());
            try (var content = zip.getInputStream(entry(zip, name -> name.endsWith(".txz")))) {
                unpack(content, draft);
            }
            try {
                Files.move(draft, target);
            } catch (IOException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                StackDirectory.deleteTree(draft);
            }
        } catch (IOException e) {
            throw new DevstackException("cannot unpack " + jar + ": " + e.getMessage(), e);
        }
    }

    /** The name of this machine's architecture in a vendor's words. */
    public static String architecture(String x86, String arm) {
        var name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return Set.of("aarch64", "arm64").contains(name) ? arm : x86;
    }

    private static ZipEntry entry(ZipFile zip, Predicate<String> wanted) throws IOException {
        return zip.stream()
                .filter(entry -> wanted.test(entry.getName()))
                .map(ZipEntry.class::cast)
                .findFirst()
                .orElseThrow(() -> new IOException("nothing in it for this system"));
    }

    private static void unpack(InputStream content, Path folder) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(content)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(path, folder.resolve(entry.getLinkName()).normalize());
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        makeExecutable(path);
                    }
                }
            }
        }
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
