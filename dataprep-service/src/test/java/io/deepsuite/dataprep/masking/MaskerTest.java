package io.deepsuite.dataprep.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deepsuite.servicekit.error.DeepsuiteException;
import io.deepsuite.servicekit.error.ErrorReason;
import io.deepsuite.servicekit.privacy.EntityType;
import io.deepsuite.servicekit.privacy.PersonalDataScanner;
import io.deepsuite.servicekit.privacy.Placeholder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskerTest {

    private static final List<String> FRAGMENTS = List.of(
            "13812345678",
            "138 1234 5678",
            "+86 13912345678",
            "１３８１２３４５６７８",
            "11010519491231002X",
            "4111 1111 1111 1111",
            "5555555555554444",
            "zhang@example.com",
            "a.b@c.cn",
            "TEL-1001",
            "EML-1002",
            "RSD-10021",
            "CRD-",
            "TEL-",
            "TEL-100",
            "1",
            "-",
            "X",
            "@",
            ".com",
            "tel",
            "HO",
            "请联系",
            "，",
            "\n",
            " ",
            "😀",
            "1001",
            "86 ");

    private final Masker masker =
            new Masker(new PersonalDataScanner(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"))));

    @Test
    void replacesEachKindByItsOwnPlaceholder() {
        var masked =
                masker.mask(List.of("请联系 13812345678 或 zhang@example.com", "身份证11010519491231002X，卡4111111111111111"));

        assertThat(masked.texts()).containsExactly("请联系 TEL-1001 或 EML-1002", "身份证RSD-1003，卡CRD-1004");
    }

    @Test
    void givesTheSameValueTheSamePlaceholderInAllTexts() {
        var masked = masker.mask(List.of("13812345678", "13912345678,13812345678", "13812345678"));

        assertThat(masked.texts()).containsExactly("TEL-1001", "TEL-1002,TEL-1001", "TEL-1001");
        assertThat(masked.values())
                .extracting(value -> value.placeholder().token(), MaskedValue::occurrences)
                .containsExactly(tuple("TEL-1001", 3), tuple("TEL-1002", 1));
    }

    @Test
    void passesOverPlaceholdersThatStandInAnyText() {
        var masked = masker.mask(List.of("13812345678 13912345678", "see TEL-1001, HOTEL-1002 and EML-1003"));

        assertThat(masked.texts().getFirst()).isEqualTo("TEL-1003 TEL-1004");
    }

    @Test
    void returnsTextsWithoutPersonalDataAsTheyAre() {
        var masked = masker.mask(List.of("你好", "", "TEL-1001"));

        assertThat(masked.texts()).containsExactly("你好", "", "TEL-1001");
        assertThat(masked.values()).isEmpty();
    }

    @Test
    void refusesMoreValuesThanThereArePlaceholders() {
        String most = IntStream.range(0, 8_999).mapToObj("138%08d\n"::formatted).collect(Collectors.joining());

        assertThat(masker.mask(List.of(most)).values()).hasSize(8_999);
        assertThatThrownBy(() -> masker.mask(List.of(most + "13912345678")))
                .isInstanceOfSatisfying(
                        DeepsuiteException.class, e -> assertThat(e.reason()).isEqualTo(ErrorReason.TEXT_TOO_LONG));
    }

    @Test
    void restoresExactlyWhatItMaskedInRandomTexts() {
        var random = new SplittableRandom(11);
        for (int round = 0; round < 20_000; round++) {
            var texts = new ArrayList<String>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                var text = new StringBuilder();
                for (int j = random.nextInt(9); j >= 0; j--) {
                    text.append(FRAGMENTS.get(random.nextInt(FRAGMENTS.size())));
                }
                texts.add(text.toString());
            }

            var masked = masker.mask(texts);

            var values = values(masked);
            int restored = 0;
            for (int i = 0; i < texts.size(); i++) {
                var back = Unmasker.restore(masked.texts().get(i), values);
                assertThat(back.text()).isEqualTo(texts.get(i));
                restored += back.restored();
            }
            assertThat(restored)
                    .isEqualTo(masked.values().stream()
                            .mapToInt(MaskedValue::occurrences)
                            .sum());
        }
    }

    @Test
    void restoresOnlyWholePlaceholdersThatItKnows() {
        var values = values(masker.mask(List.of("13812345678")));

        var restored = Unmasker.restore("TEL-1001, TEL-10011, TEL-1002, EML-1001, TEL-1001", values);

        assertThat(restored.text()).isEqualTo("13812345678, TEL-10011, TEL-1002, EML-1001, 13812345678");
        assertThat(restored.restored()).isEqualTo(2);
    }

    @Test
    void doesNotLookAtRestoredTextAgain() {
        var values = Map.of(
                new Placeholder(EntityType.EMAIL, 1001), "TEL-1002@example.com",
                new Placeholder(EntityType.CHINESE_MOBILE_NUMBER, 1002), "13812345678");

        assertThat(Unmasker.restore("EML-1001", values).text()).isEqualTo("TEL-1002@example.com");
    }

    @Test
    void showsNoValueInItsDescriptions() {
        var masked = masker.mask(List.of("13812345678"));

        assertThat(masked.values().toString()).doesNotContain("138");
        assertThat(Unmasker.restore("TEL-1001", values(masked)).toString()).doesNotContain("138");
    }

    private static Map<Placeholder, String> values(MaskedText masked) {
        return masked.values().stream().collect(Collectors.toMap(MaskedValue::placeholder, MaskedValue::value));
    }
}
