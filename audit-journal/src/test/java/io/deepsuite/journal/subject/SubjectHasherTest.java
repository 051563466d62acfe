package io.deepsuite.journal.subject;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SubjectHasherTest {

    private final SubjectHasher hasher = hasher(1);

    @Test
    void findsAPersonAgain() {
        assertThat(hasher(1).subject("default", "mei"))
                .isEqualTo(hasher.subject("default", "mei"))
                .extracting(Subject::hmac)
                .asString()
                .matches("[0-9a-f]{64}");
    }

    @Test
    void keepsPersonsAndTenantsApart() {
        assertThat(hasher.subject("default", "mei").hmac())
                .isNotEqualTo(hasher.subject("default", "lin").hmac())
                .isNotEqualTo(hasher.subject("other", "mei").hmac());
    }

    @Test
    void doesNotTakeOnePairForAnotherWithTheSameCharacters() {
        assertThat(hasher.subject("ab", "c").hmac())
                .isNotEqualTo(hasher.subject("a", "bc").hmac());
    }

    @Test
    void findsANameAgainAndNeverTakesItForAnId() {
        assertThat(hasher(1).name("default", "mei"))
                .isEqualTo(hasher.name("default", "mei"))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(hasher.name("other", "mei"))
                .isNotEqualTo(hasher.subject("default", "mei").hmac());
        assertThat(hasher.name("default", "")).isEmpty();
    }

    @Test
    void needsTheKey() {
        assertThat(hasher(2).subject("default", "mei")).isNotEqualTo(hasher.subject("default", "mei"));
    }

    private static SubjectHasher hasher(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return new SubjectHasher(new SecretKeySpec(key, "HmacSHA256"));
    }
}
