package io.deepsuite.servicekit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Measures precision and recall on generated text of which the truth is known. What surrounds the personal data is drawn as it comes, not filtered: an order
 * number that happens to have a Luhn digit counts against the precision.
 */
class PersonalDataCorpusTest {

    private static final int DOCUMENTS = 6_000;
    private static final List<String> PROSE = List.of(
            "请联系",
            "客户电话：",
            "身份证号",
            "卡号为",
            "（备用邮箱",
            "），谢谢！",
            "重启推理服务",
            "，金额",
            "收件人张三。",
            "Please call ",
            " or write to ",
            "; the card ",
            " was charged on ",
            "\n",
            "\r\n",
            "、",
            " ID: ",
            "\t",
            "，\n联系人：",
            "「",
            "」",
            "😀",
            "-- ",
            "订单",
            " (see ",
            ") ");

    private final SplittableRandom random = new SplittableRandom(20261122);
    private final Samples samples = new Samples(random);
    private final PersonalDataScanner scanner =
            new PersonalDataScanner(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));
    private final Map<EntityType, Counts> counts = new EnumMap<>(EntityType.class);

    @Test
    void reachesPrecisionAndRecallOfNinetyNinePercent() {
        for (int i = 0; i < DOCUMENTS; i++) {
            compareOneDocument();
        }

        assertThat(counts).hasSize(EntityType.values().length).allSatisfy((type, count) -> {
            assertThat(count.truth).as("samples of %s", type).isGreaterThan(2_000);
            assertThat(count.recall()).as("recall of %s %s", type, count.missed).isGreaterThanOrEqualTo(0.99);
            assertThat(count.precision())
                    .as("precision of %s %s", type, count.invented)
                    .isGreaterThanOrEqualTo(0.99);
        });
    }

    private void compareOneDocument() {
        var text = new StringBuilder();
        var truth = new HashSet<Span>();
        for (int pieces = 4 + random.nextInt(8); pieces > 0; pieces--) {
            text.append(samples.pick(PROSE));
            if (random.nextInt(3) > 0) {
                var type = samples.pick(List.of(EntityType.values()));
                String value = samples.value(type);
                truth.add(new Span(type, text.length(), text.length() + value.length()));
                text.append(value).append(samples.pick(List.of("，", "。", "\n", "; ", "）", ", ", "的", "！")));
            } else {
                text.append(nearMiss()).append(samples.pick(List.of("，", "。", "\n", "; ", "元", " ")));
            }
        }
        var found = new HashSet<>(scanner.find(text));
        truth.forEach(span -> counts(span).expect(span, found, text));
        found.forEach(span -> counts(span).check(span, truth, text));
    }

    private Counts counts(Span span) {
        return counts.computeIfAbsent(span.type(), _ -> new Counts());
    }

    private String nearMiss() {
        return switch (random.nextInt(15)) {
            case 0 -> wrongLastDigit(Samples.withCheckCharacter("11010519491231" + samples.digits(3)));
            case 1 -> wrongLastDigit(samples.bankCard());
            case 2 -> "20261122" + samples.digits(10 + random.nextInt(6));
            case 3 -> Long.toString(1_763_800_000_000L + random.nextInt(1_000_000_000));
            case 4 ->
                "2026-11-22T10:%02d:%02d.%03dZ".formatted(random.nextInt(60), random.nextInt(60), random.nextInt(999));
            case 5 -> "¥%d.%02d".formatted(random.nextInt(100_000_000), random.nextInt(100));
            case 6 -> new UUID(random.nextLong(), random.nextLong()).toString();
            case 7 -> samples.hex(samples.pick(List.of(40, 64, 32)));
            case 8 -> "v%d.%d.%d".formatted(random.nextInt(30), random.nextInt(100), random.nextInt(1000));
            case 9 -> Double.toString(random.nextDouble() * 10);
            case 10 -> "010-" + samples.digits(8);
            case 11 -> "69" + samples.digits(11);
            case 12 -> "192.168.%d.%d:%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(65_536));
            case 13 -> "JD" + samples.digits(13);
            default -> "1" + samples.digits(17 + random.nextInt(2));
        };
    }

    private String wrongLastDigit(String valid) {
        char last = valid.charAt(valid.length() - 1);
        int digit = last == 'X' ? random.nextInt(10) : (last - '0' + 1 + random.nextInt(9)) % 10;
        return valid.substring(0, valid.length() - 1) + digit;
    }

    /** Confusion of one kind, with a few examples for the failure message. */
    private static final class Counts {
        private final List<String> missed = new ArrayList<>();
        private final List<String> invented = new ArrayList<>();
        private int truth;
        private int found;

        void expect(Span span, Set<Span> result, CharSequence text) {
            truth++;
            if (!result.contains(span)) {
                missed.add(context(span, text));
            }
        }

        void check(Span span, Set<Span> expected, CharSequence text) {
            found++;
            if (!expected.contains(span)) {
                invented.add(context(span, text));
            }
        }

        double recall() {
            return 1 - (double) missed.size() / truth;
        }

        double precision() {
            return 1 - (double) invented.size() / found;
        }

        private static String context(Span span, CharSequence text) {
            return text.subSequence(Math.max(0, span.start() - 8), Math.min(text.length(), span.end() + 8))
                    .toString();
        }
    }
}
