package io.deepsuite.dataprep.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.Placeholder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultsTest {

    private static final String OLD_KEY = "00".repeat(31) + "01";
    private static final String NEW_KEY = "ff".repeat(31) + "02";
    private static final Map<Placeholder, String> VALUES = Map.of(
            new Placeholder(EntityType.CHINESE_MOBILE_NUMBER, 1001), "13812345678",
            new Placeholder(EntityType.EMAIL, 1002), "ｚｈａｎｇ＠example.com",
            new Placeholder(EntityType.CHINESE_RESIDENT_ID, 1003), "11010519491231002X",
            new Placeholder(EntityType.BANK_CARD, 9999), "4111 1111 1111 1111");

    @TempDir
    private Path directory;

    private Vaults vaults;

    @BeforeEach
    void readKeys() throws IOException {
        vaults = vaultsWith(OLD_KEY + "\n");
    }

    @Test
    void opensWhatItSealed() {
        assertThat(vaults.open("default", vaults.seal("default", VALUES))).isEqualTo(VALUES);
    }

    @Test
    void opensOnAnotherReplicaWithTheSameKeys() throws IOException {
        var vault = vaults.seal("default", VALUES);

        assertThat(vaultsWith(OLD_KEY).open("default", vault)).isEqualTo(VALUES);
    }

    @Test
    void sealsNothingAsTheEmptyVault() {
        assertThat(vaults.seal("default", Map.of()).isEmpty()).isTrue();
        assertThat(vaults.open("default", SealedVault.EMPTY)).isEmpty();
    }

    @Test
    void opensWhatTheFirstVersionOfTheServiceSealed() {
        // golden: computed by another implementation (OpenSSL through Node) with the first key above for the tenant
        // "acme"
        var vault = SealedVault.of(HexFormat.of().parseHex(GOLDEN));

        assertThat(vaults.open("acme", vault))
                .isEqualTo(Map.of(new Placeholder(EntityType.CHINESE_MOBILE_NUMBER, 1001), "13812345678"));
    }

    @Test
    void neverSealsTheSameValuesAlikeAndShowsNone() {
        byte[] first = vaults.seal("default", VALUES).toByteArray();
        byte[] second = vaults.seal("default", VALUES).toByteArray();

        assertThat(Arrays.copyOfRange(first, 29, first.length))
                .isNotEqualTo(Arrays.copyOfRange(second, 29, second.length));
        assertThat(new String(first, StandardCharsets.ISO_8859_1)).doesNotContain("138123", "4111", "TEL");
    }

    @Test
    void rejectsTheVaultOfAnotherTenant() {
        assertInvalid("other", vaults.seal("default", VALUES).toByteArray());
    }

    @Test
    void rejectsAVaultWithAnyBitChanged() {
        byte[] vault = vaults.seal("default", VALUES).toByteArray();
        for (int bit = 0; bit < vault.length * 8; bit++) {
            byte[] changed = vault.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertInvalid("default", changed);
        }
    }

    @Test
    void rejectsAVaultThatIsCutOrProlonged() {
        byte[] vault = vaults.seal("default", VALUES).toByteArray();
        for (int length = 1; length < vault.length; length++) {
            assertInvalid("default", Arrays.copyOf(vault, length));
        }
        assertInvalid("default", Arrays.copyOf(vault, vault.length + 1));
    }

    @Test
    void opensVaultsOfTheOldKeyAfterARotationAndSealsWithTheNew() throws IOException {
        var before = vaults.seal("default", VALUES);
        var rotated = vaultsWith("# rotated\n\n" + NEW_KEY + "\n" + OLD_KEY + "\n");
        var after = rotated.seal("default", VALUES);

        assertThat(rotated.open("default", before)).isEqualTo(VALUES);
        assertThat(rotated.open("default", after)).isEqualTo(VALUES);
        assertInvalid("default", after.toByteArray());
        assertThatThrownBy(() -> vaultsWith(NEW_KEY).open("default", before)).isInstanceOf(DeepsuiteException.class);
    }

    @Test
    void stopsTheStartAtAKeyFileThatIsNotRight() {
        assertThatThrownBy(() -> new MasterKeys(directory.resolve("none")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot read the key file");
        assertThatThrownBy(() -> vaultsWith("# nothing\n")).hasMessageContaining("no key (expected: at least 1)");
        assertThatThrownBy(() -> vaultsWith(OLD_KEY + "\nsecret!\n"))
                .hasMessageContaining("line 2: key: not hexadecimal")
                .hasMessageNotContaining("secret!");
        assertThatThrownBy(() -> vaultsWith("abcd\n")).hasMessageContaining("key: 2 bytes (expected: 32)");
        assertThatThrownBy(() -> vaultsWith(OLD_KEY + "\n" + OLD_KEY)).hasMessageContaining("the same");
    }

    @Test
    void showsNoSecretInItsDescriptions() {
        assertThat(MasterKey.parse(NEW_KEY).toString()).doesNotContain("ffff").startsWith("MasterKey[id=");
        assertThat(SealedVault.of(new byte[] {7, 7}).toString()).isEqualTo("SealedVault[2 bytes]");
    }

    private void assertInvalid(String tenant, byte[] vault) {
        assertThatThrownBy(() -> vaults.open(tenant, SealedVault.of(vault)))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.VAULT_INVALID));
    }

    private Vaults vaultsWith(String keyFile) throws IOException {
        var file = Files.createTempFile(directory, "keys", "");
        return new Vaults(new MasterKeys(Files.writeString(file, keyFile)));
    }

    private static final String GOLDEN =
            "01cc18f79f0102030405060708090a0b0c0d0e0f101112131415161718406da86274c31bdf529cb992a0fcd0ac348c0c21b0ea3e755f69bb7f15866936";
}
