package io.deepsuite.proof.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A hash of the tree: of a leaf, an inner node or a root. 32 bytes, SHA-256.
 *
 * <p>Source: RFC 6962, section 2.1. A leaf is hashed with the prefix {@code 0x00}, an inner node with {@code 0x01}, so that neither can pass for the other.
 */
public final class TreeHash {

    /** Length of a hash, bytes. */
    public static final int LENGTH = 32;

    private static final byte LEAF_PREFIX = 0;
    private static final byte NODE_PREFIX = 1;
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(TreeHash::newSha256);

    private final byte[] bytes;

    private TreeHash(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A hash that was computed before.
     *
     * @throws IllegalArgumentException unless {@code bytes} has {@link #LENGTH} bytes
     */
    public static TreeHash of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("hash length: %d bytes (expected: %d)".formatted(bytes.length, LENGTH));
        }
        return new TreeHash(bytes.clone());
    }

    /** Root of the tree without leaves: the hash of nothing. */
    public static TreeHash empty() {
        return new TreeHash(SHA_256.get().digest());
    }

    /**
     * Hash of a leaf.
     *
     * @param data exact bytes of the entry
     */
    public static TreeHash ofLeaf(byte[] data) {
        MessageDigest digest = SHA_256.get();
        digest.update(LEAF_PREFIX);
        return new TreeHash(digest.digest(data));
    }

    /** Hash of an inner node. */
    public static TreeHash ofNode(TreeHash left, TreeHash right) {
        MessageDigest digest = SHA_256.get();
        digest.update(NODE_PREFIX);
        digest.update(left.bytes);
        return new TreeHash(digest.digest(right.bytes));
    }

    /**
     * Reads the hash at a place in packed hashes.
     *
     * @param index position, counted in hashes
     */
    public static TreeHash at(byte[] packed, int index) {
        int from = Math.multiplyExact(index, LENGTH);
        return new TreeHash(Arrays.copyOfRange(packed, from, from + LENGTH));
    }

    /** A copy of the hash's bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Standard base64 with padding, 44 characters, as checkpoints write it. */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void copyTo(byte[] target, int index) {
        System.arraycopy(bytes, 0, target, index * LENGTH, LENGTH);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeHash that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
