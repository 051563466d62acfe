package io.deepsuite.journal.subject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyWrapperTest {

    private static final String OLD = "11".repeat(32);
    private static final String NEW = "22".repeat(32);
    private static final Subject MEI = new Subject("default", "aa".repeat(32));

    private final DataKey key = DataKey.create(InstantSource.system(), new SecureRandom());

    @TempDir
    Path directory;

    @Test
    void unwrapsWhatItWrapped() throws IOException, SealBrokenException {
        // Given
        var wrapper = wrapper(OLD);

        // When
        var wrapped = wrapper.wrap(key, MEI);

        // Then
        assertThat(wrapper.unwrap(wrapped, MEI)).isEqualTo(key);
    }

    @Test
    void wrapsWithTheFirstKeyAndUnwrapsWithAll() throws IOException, SealBrokenException {
        // Given
        var before = wrapper(OLD).wrap(key, MEI);

        // When
        var rotated = wrapper("# since March", NEW, "", OLD);

        // Then
        assertThat(rotated.unwrap(before, MEI)).isEqualTo(key);
        assertThat(rotated.wrap(key, MEI).wrappingKeyId())
                .isEqualTo(wrapper(NEW).wrap(key, MEI).wrappingKeyId())
                .isNotEqualTo(before.wrappingKeyId());
    }

    @Test
    void namesTheKeyThatIsMissing() throws IOException {
        // Given
        var wrapped = wrapper(OLD).wrap(key, MEI);
        var other = wrapper(NEW);

        // Then
        assertThatThrownBy(() -> other.unwrap(wrapped, MEI))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining(wrapped.wrappingKeyId());
    }

    @Test
    void refusesAKeyOfAnotherSubjectOrTenant() throws IOException {
        // Given
        var wrapper = wrapper(OLD);
        var wrapped = wrapper.wrap(key, MEI);

        // Then
        assertThatThrownBy(() -> wrapper.unwrap(wrapped, new Subject("default", "bb".repeat(32))))
                .isInstanceOf(SealBrokenException.class);
        assertThatThrownBy(() -> wrapper.unwrap(wrapped, new Subject("other", MEI.hmac())))
                .isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAKeyThatWasChanged() throws IOException {
        // Given
        var wrapper = wrapper(OLD);
        var wrapped = wrapper.wrap(key, MEI);
        byte[] bytes = wrapped.bytes().toByteArray();
        bytes[bytes.length / 2] ^= (byte) 1;
        var changed = new WrappedKey(wrapped.keyId(), wrapped.wrappingKeyId(), ByteString.copyFrom(bytes));

        // Then
        assertThatThrownBy(() -> wrapper.unwrap(changed, MEI)).isInstanceOf(SealBrokenException.class);
    }

    @Test
    void refusesAMalformedFileWithoutRepeatingIt() {
        assertThatIllegalStateException()
                .isThrownBy(() -> wrapper(OLD, "secret"))
                .withMessageContaining("line 2: key: not hexadecimal (expected: 64 hexadecimal digits)")
                .withMessageNotContaining("secret");
        assertThatIllegalStateException()
                .isThrownBy(() -> wrapper("11"))
                .withMessageContaining("line 1: key: 1 bytes (expected: 32)");
        assertThatIllegalStateException()
                .isThrownBy(() -> wrapper(OLD, OLD))
                .withMessageContaining("line 2: key: the same as in a line before");
        assertThatIllegalStateException()
                .isThrownBy(() -> wrapper("# nothing"))
                .withMessageContaining("no key (expected: at least 1)");
    }

    @Test
    void printsNoSecret() throws IOException {
        // Given
        var wrapped = wrapper(OLD).wrap(key, MEI);

        // Then
        assertThat(key.toString()).isEqualTo("DataKey[id=" + key.id() + "]");
        assertThat(wrapped.wrappingKeyId()).startsWith("kek-").doesNotContain("11111111");
    }

    private FileKeyWrapper wrapper(String... lines) throws IOException {
        return new FileKeyWrapper(Files.writeString(directory.resolve("keys"), String.join("\n", lines)));
    }
}
