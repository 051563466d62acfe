package io.deepsuite.devstack.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Where a stack keeps its files; readable by its owner only.
 *
 * @param root absolute path, {@code .deepsuite} in the checkout for the launcher
 */
public record StackDirectory(Path root) {
    public StackDirectory {
        root = root.toAbsolutePath().normalize();
    }

    /** Certificates and keys, {@code <workload>.crt} and {@code <workload>.key}, and {@code ca.crt}. */
    public Path certificates() {
        return root.resolve("certs");
    }

    /** One {@code <process>.log} each. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** One {@code <process>.pid} each, for as long as the process is meant to run. */
    public Path pids() {
        return root.resolve("pids");
    }

    /** Who the processes are, so that a reused process id is never taken for one of ours. */
    public Path identities() {
        return root.resolve("identities");
    }

    /** Generated keys and passwords. */
    public Path secrets() {
        return root.resolve("secrets");
    }

    /** What a component keeps between two runs. */
    public Path data(Component component) {
        return root.resolve("data").resolve(component.processName());
    }

    /** Log of a process. */
    public Path log(Component component) {
        return logs().resolve(component.processName() + ".log");
    }

    /** The file a shell sources. */
    public Path env() {
        return root.resolve("env");
    }

    /** Ports of the stack that was started last. */
    public Path state() {
        return root.resolve("stack.properties");
    }

    /** Makes all folders. */
    public void create() {
        try {
            Files.createDirectories(root);
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
            for (var folder : new Path[] {certificates(), logs(), pids(), identities(), secrets()}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new DevstackException("cannot write to " + root + ": " + e.getMessage(), e);
        }
    }

    /**
     * A secret that is made at first use: 32 random bytes, 64 lower-case hexadecimal characters.
     *
     * @return the file that holds it, readable by its owner only
     */
    public Path secret(String name) {
        var file = secrets().resolve(name);
        if (!Files.exists(file)) {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            writePrivate(file, HexFormat.of().formatHex(bytes));
        }
        return file;
    }

    /**
     * An Ed25519 key that is made at first use.
     *
     * @return PEM file (PKCS #8), readable by its owner only
     */
    public Path signingKey(String name) {
        var file = secrets().resolve(name + ".pem");
        if (!Files.exists(file)) {
            try {
                var key = KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPrivate();
                writePrivate(
                        file,
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getEncoder().encodeToString(key.getEncoded())
                                + "\n-----END PRIVATE KEY-----\n");
            } catch (NoSuchAlgorithmException e) {
                throw new DevstackException("this Java has no Ed25519", e);
            }
        }
        return file;
    }

    /** Where the audit service publishes its checkpoints and public keys. */
    public Path published() {
        return root.resolve("published");
    }

    /** Writes a file that only its owner can read, complete or not at all. */
    public static void writePrivate(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var draft = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".draft", ownerOnly);
            Files.writeString(draft, content);
            Files.move(draft, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DevstackException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Reads a file as text without the white space around it. */
    public static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new DevstackException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Deletes a folder with everything in it; a missing one is fine. Symbolic links are not followed. */
    public static void deleteTree(Path folder) {
        if (!Files.exists(folder, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (var tree = Files.walk(folder)) {
            for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
