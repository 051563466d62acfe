package io.deepsuite.archive.place;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which files of the archive are compared. */
public final class Sha256 {

    private Sha256() {}

    /** A digest that has seen nothing yet. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
