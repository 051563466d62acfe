package io.deepsuite.dataprep.vault;

/** A vault as it travels: opaque bytes, empty when there is nothing to restore. */
public final class SealedVault {

    /** The vault of texts in which nothing was masked. */
    public static final SealedVault EMPTY = new SealedVault(new byte[0]);

    private final byte[] bytes;

    private SealedVault(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes a copy. */
    public static SealedVault of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new SealedVault(bytes.clone());
    }

    /** A copy. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Whether nothing was masked. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    int length() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "SealedVault[%d bytes]".formatted(bytes.length);
    }
}
