package io.deepsuite.bench.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The limit of a verifier, as a process: reads a file once and hashes its bytes with SHA-256. Argument: the file. */
public final class HashFile {

    private HashFile() {}

    /** Prints the hash. */
    public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var in = Files.newInputStream(Path.of(arguments[0]))) {
            byte[] buffer = new byte[1 << 20];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        System.out.println(HexFormat.of().formatHex(digest.digest()));
    }
}
