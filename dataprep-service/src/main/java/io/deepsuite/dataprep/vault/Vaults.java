package io.deepsuite.dataprep.vault;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.privacy.Placeholder;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Seals and opens vaults, keeping nothing: any replica with the same key file opens what another sealed.
 *
 * <p>Layout: version (1 byte), key id (4), random nonce (24), AES-256-GCM ciphertext and tag (16). The AES key is HKDF-SHA256 (RFC 5869) of the master key
 * with the tenant and the first half of the nonce as info; the second half is GCM's nonce. A fresh key for every vault lifts GCM's bound on messages with
 * random nonces under one key. Version, key id and tenant are authenticated with the ciphertext.
 */
@Singleton
public class Vaults {

    private static final byte VERSION = 1;
    private static final int KEY_NONCE_BYTES = 12;
    private static final int GCM_NONCE_BYTES = 12;
    private static final int HEADER_BYTES = 1 + Integer.BYTES;
    private static final int PREFIX_BYTES = HEADER_BYTES + KEY_NONCE_BYTES + GCM_NONCE_BYTES;
    private static final int TAG_BYTES = 16;
    private static final int AES_KEY_BYTES = 32;
    private static final byte[] KEY_LABEL = "deepsuite.dataprep.vault.v1\0".getBytes(StandardCharsets.US_ASCII);

    private final MasterKeys keys;
    private final SecureRandom random = new SecureRandom();

    Vaults(MasterKeys keys) {
        this.keys = keys;
    }

    /** Seals what the placeholders stand for under the tenant's key. Nothing gives the empty vault. */
    public SealedVault seal(String tenant, Map<Placeholder, String> values) {
        if (values.isEmpty()) {
            return SealedVault.EMPTY;
        }
        var nonce = new byte[KEY_NONCE_BYTES + GCM_NONCE_BYTES];
        random.nextBytes(nonce);
        var master = keys.current();
        var header = ByteBuffer.allocate(HEADER_BYTES)
                .put(VERSION)
                .putInt(master.id())
                .array();
        byte[] plain = VaultContents.encode(values);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, master, tenant, header, nonce).doFinal(plain);
            return SealedVault.of(ByteBuffer.allocate(PREFIX_BYTES + sealed.length)
                    .put(header)
                    .put(nonce)
                    .put(sealed)
                    .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal a vault", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * Opens a vault.
     *
     * @return what the placeholders stand for; empty for the empty vault
     * @throws DeepsuiteException {@link ErrorReason#VAULT_INVALID} if it was not sealed for this tenant by a key of the key file, or was changed
     */
    public Map<Placeholder, String> open(String tenant, SealedVault vault) {
        if (vault.isEmpty()) {
            return Map.of();
        }
        if (vault.length() < PREFIX_BYTES + TAG_BYTES) {
            throw invalid();
        }
        var bytes = ByteBuffer.wrap(vault.toByteArray());
        var header = new byte[HEADER_BYTES];
        var nonce = new byte[KEY_NONCE_BYTES + GCM_NONCE_BYTES];
        var sealed = new byte[vault.length() - PREFIX_BYTES];
        bytes.get(header).get(nonce).get(sealed);
        if (header[0] != VERSION) {
            throw invalid();
        }
        var master = keys.find(ByteBuffer.wrap(header).getInt(1)).orElseThrow(Vaults::invalid);
        try {
            return VaultContents.decode(
                    cipher(Cipher.DECRYPT_MODE, master, tenant, header, nonce).doFinal(sealed));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static Cipher cipher(int mode, MasterKey master, String tenant, byte[] header, byte[] nonce)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] tenantName = tenant.getBytes(StandardCharsets.UTF_8);
        var gcm = new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce, KEY_NONCE_BYTES, GCM_NONCE_BYTES);
        cipher.init(mode, vaultKey(master, tenantName, nonce), gcm);
        cipher.updateAAD(header);
        cipher.updateAAD(tenantName);
        return cipher;
    }

    private static SecretKey vaultKey(MasterKey master, byte[] tenant, byte[] nonce) throws GeneralSecurityException {
        var info = ByteBuffer.allocate(KEY_LABEL.length + KEY_NONCE_BYTES + tenant.length)
                .put(KEY_LABEL)
                .put(nonce, 0, KEY_NONCE_BYTES)
                .put(tenant)
                .array();
        var parameters = HKDFParameterSpec.ofExtract().addIKM(master.secret()).thenExpand(info, AES_KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", parameters);
    }

    private static DeepsuiteException invalid() {
        return new DeepsuiteException(
                ErrorReason.VAULT_INVALID,
                "vault: not readable (expected: the bytes that Mask returned to this tenant)",
                Map.of("field", "vault"));
    }
}
