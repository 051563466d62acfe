package io.deepsuite.proof.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemKeyTest {

    /** RFC 8032, section 7.1, test 1. */
    private static final String SEED = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";

    private static final String PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    @TempDir
    Path directory;

    @Test
    void computesThePublicHalf() throws IOException {
        var file = write(HexFormat.of().parseHex("302e020100300506032b657004220420" + SEED));

        var encoded = PemKey.read(file).getPublic().getEncoded();

        assertThat(HexFormat.of().formatHex(encoded)).endsWith(PUBLIC);
    }

    @Test
    void refusesOtherKeysWithoutShowingThem() throws IOException, GeneralSecurityException {
        var ec = KeyPairGenerator.getInstance("EC")
                .generateKeyPair()
                .getPrivate()
                .getEncoded();
        var file = write(ec);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PemKey.read(file))
                .withMessageContaining("key.pem")
                .withMessageNotContaining(Base64.getEncoder().encodeToString(ec).substring(0, 20));
        assertThatIllegalArgumentException().isThrownBy(() -> PemKey.read(directory.resolve("missing.pem")));
    }

    private Path write(byte[] der) throws IOException {
        return Files.writeString(
                directory.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(der)
                        + "\n-----END PRIVATE KEY-----\n");
    }
}
