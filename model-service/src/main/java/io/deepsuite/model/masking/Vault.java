package io.deepsuite.model.masking;

/** Data Prep's sealed mapping from placeholders to values; opaque here. */
public final class Vault {

    private final byte[] sealed;

    /** @param sealed as Data Prep made it; empty when nothing was masked */
    public Vault(byte[] sealed) {
        this.sealed = sealed.clone();
    }

    byte[] sealed() {
        return sealed.clone();
    }
}
