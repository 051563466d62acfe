package io.deepsuite.proof.note;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Reads Ed25519 keys as {@code openssl genpkey -algorithm ed25519} writes them. */
public final class PemKey {

    private PemKey() {}

    /**
     * Reads a key pair; the public half is computed from the private one.
     *
     * @throws IllegalArgumentException when the file is not such a key; the message names the file, never its content
     */
    public static KeyPair read(Path file) {
        try {
            var base64 = Files.readString(file, StandardCharsets.US_ASCII)
                    .replaceAll("-----[A-Z ]+-----", "")
                    .replaceAll("\\s", "");
            var key = KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            return pair(key);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: an Ed25519 key, PEM, PKCS #8)"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    /** The platform computes a public key only while it generates a pair; so it generates this one, from the seed it has. */
    private static KeyPair pair(PrivateKey key) throws GeneralSecurityException {
        byte[] seed = ((EdECPrivateKey) key).getBytes().orElseThrow();
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Seed(seed));
        return new KeyPair(generator.generateKeyPair().getPublic(), key);
    }

    /** Gives the seed instead of chance. */
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException(
                        "seed: %d bytes asked for (expected: %d)".formatted(bytes.length, seed.length));
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
