package io.deepsuite.model.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class InputHasherTest {

    private static final byte[] KEY =
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    private static final byte[] INPUT = "{\"prompt\":\"你好\"}".getBytes(StandardCharsets.UTF_8);

    private final InputHasher hasher = new InputHasher(KEY);

    /** Expected value from Python: {@code hmac(hmac(key, b"deepsuite input hmac v1 default\x01"), input)}. */
    @Test
    void agreesWithAnIndependentImplementation() {
        assertThat(hasher.hash("default", INPUT))
                .isEqualTo("8fd53172fdba5fdd1e51a2a2153aee9a7eb77da358791bbaaa4b57e0d0bb0902");
    }

    @Test
    void tenantsDoNotShareHashes() {
        assertThat(hasher.hash("a", INPUT)).isNotEqualTo(hasher.hash("b", INPUT));
    }

    @Test
    void namesAKeyWithoutShowingIt() {
        assertThat(hasher.keyId())
                .isEqualTo(new InputHasher(KEY).keyId())
                .isNotEqualTo(new InputHasher(new byte[32]).keyId())
                .matches("hmac-[0-9a-f]{16}");
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new InputHasher(new byte[31])).hasMessage("key length: 31 bytes (expected: 32)");
    }
}
