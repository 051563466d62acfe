package io.deepsuite.servicekit.privacy;

import static io.deepsuite.servicekit.privacy.EntityType.BANK_CARD;
import static io.deepsuite.servicekit.privacy.EntityType.CHINESE_MOBILE_NUMBER;
import static io.deepsuite.servicekit.privacy.EntityType.CHINESE_RESIDENT_ID;
import static io.deepsuite.servicekit.privacy.EntityType.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataScannerTest {

    private static final PersonalDataScanner SCANNER =
            new PersonalDataScanner(InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "13812345678",
                "19912345678",
                "138 1234 5678",
                "138-1234-5678",
                "+8613812345678",
                "+86 138 1234 5678",
                "+86-13812345678",
                "+86138-1234-5678",
                "8613812345678",
                "86 138-1234-5678",
                "008613812345678",
                "0086 138 1234 5678",
                "１３８１２３４５６７８",
                "＋８６　１３８　１２３４　５６７８",
            })
    void recognisesMobileNumbers(String number) {
        assertWhole(CHINESE_MOBILE_NUMBER, number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // the example of GB 11643-1999
                "11010519491231002X",
                "11010519491231002x",
                "１１０１０５１９４９１２３１００２Ｘ",
                "110105 19491231 002X",
                "440524188001010014",
            })
    void recognisesResidentIds(String id) {
        assertWhole(CHINESE_RESIDENT_ID, id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // test numbers that the schemes publish
                "4111111111111111",
                "4111 1111 1111 1111",
                "4111-1111-1111-1111",
                "5555555555554444",
                "2223003122003222",
                "378282246310005",
                "3782 822463 10005",
                "6011111111111117",
                "3530111333300000",
                "30569309025904",
                "6200000000000005",
                "6205 5000 0000 0000 004",
                "620550 0000000000004",
                "６２０００００００００００００５",
                "676770000005",
            })
    void recognisesBankCards(String card) {
        assertWhole(BANK_CARD, card);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zhang.san@example.com",
                "a@b.cn",
                "first+tag@sub.example.co.uk",
                "13812345678@163.com",
                "user_1%x@my-host.example.org",
                "x@xn--fiq228c.xn--fiqs8s",
                "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ",
                "zhang＠example.com",
            })
    void recognisesEmailAddresses(String address) {
        assertWhole(EMAIL, address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // too short, too long, or part of a longer run of digits
                "1381234567",
                "138123456789",
                "213812345678",
                "13812345678１",
                "12812345678",
                "138 12345678 9",
                // wrong check character, impossible dates, unknown province, born in the future
                "110105194912310021",
                "110105194913310021",
                "110105202602300018",
                "11010520300101001X",
                "990105194912310023",
                "11010519491231002X1",
                // Luhn digit wrong, no scheme
                "4111111111111112",
                "4111 1111 1111 1112",
                "1111111111111117",
                "4111 1111-1111 1111",
                // stretches of other things
                "12345678-4111-1111-1111-111111111111",
                "0.4111111111111111",
                "x=3.5555555555554444",
                "0.13812345678",
                "¥13812345678",
                "13812345678.50",
                "0x13812345678",
                "d13812345678aaf0bc1e",
                "0f47ac1b-58cc-4372-a567-13812345678a",
                "1600 1700 4111 1111 1111 1111 1800",
                // no address
                "@Override",
                "zhang@localhost",
                "lodash@4.17.21",
                "zhang.@example.com",
                "zhang@-example.com",
                "a@b.c",
                "zhang@example..com",
            })
    void leavesOtherTextAlone(String text) {
        assertThat(SCANNER.find(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "请联系13812345678重启推理服务|3|14",
                "😀13812345678😀|2|13",
                "tel13812345678ok|3|14",
                "1.13812345678|2|13",
                "(+86)13812345678|5|16",
                "加微信+13812345678|4|15",
                "电话：13812345678。|3|14",
                "13812345678.|0|11",
            })
    void givesExactOffsets(String text, int start, int end) {
        assertThat(SCANNER.find(text)).containsExactly(new Span(CHINESE_MOBILE_NUMBER, start, end));
    }

    @Test
    void findsNumbersAtLineBreaks() {
        assertThat(SCANNER.find("a\r\n13812345678\r\n1.4111111111111111\n"))
                .containsExactly(new Span(CHINESE_MOBILE_NUMBER, 3, 14), new Span(BANK_CARD, 18, 34));
    }

    @Test
    void findsEverythingInOneText() {
        assertThat(SCANNER.find("张三(11010519491231002X)，卡4111111111111111，邮箱zhang@example.com；电话138 1234 5678"))
                .extracting(Span::type)
                .containsExactly(CHINESE_RESIDENT_ID, BANK_CARD, EMAIL, CHINESE_MOBILE_NUMBER);
    }

    @Test
    void separatesNumbersThatFollowEachOther() {
        assertThat(SCANNER.find("13812345678,13912345678 13712345678/13612345678"))
                .containsExactly(
                        new Span(CHINESE_MOBILE_NUMBER, 0, 11),
                        new Span(CHINESE_MOBILE_NUMBER, 12, 23),
                        new Span(CHINESE_MOBILE_NUMBER, 24, 35),
                        new Span(CHINESE_MOBILE_NUMBER, 36, 47));
    }

    @Test
    void prefersTheLongestThenTheResidentId() {
        // a local part that is a mobile number; and an 18-digit number that is both a resident identity number and a
        // card by its Luhn digit
        assertThat(SCANNER.find("13812345678@139.com")).containsExactly(new Span(EMAIL, 0, 19));
        assertThat(SCANNER.find("440524198001110102")).containsExactly(new Span(CHINESE_RESIDENT_ID, 0, 18));
    }

    @Test
    void keepsTheExpiryDateOutOfTheCard() {
        assertThat(SCANNER.find("4111 1111 1111 1111 12/28")).containsExactly(new Span(BANK_CARD, 0, 19));
    }

    @Test
    void acceptsBirthDatesUpToTodayInChina() {
        var scanner = new PersonalDataScanner(InstantSource.fixed(Instant.parse("2026-11-22T16:00:00Z")));

        assertThat(scanner.find(Samples.withCheckCharacter("11010520261123001")))
                .hasSize(1);
        assertThat(scanner.find(Samples.withCheckCharacter("11010520261124001")))
                .isEmpty();
    }

    @Test
    void redactsWhatItFinds() {
        assertThat(SCANNER.redact("打13812345678或写a@b.cn", "***")).isEqualTo("打***或写***");
        assertThat(SCANNER.redact("nothing here", "***")).isEqualTo("nothing here");
    }

    private static void assertWhole(EntityType type, String value) {
        assertThat(SCANNER.find(value)).containsExactly(new Span(type, 0, value.length()));
        assertThat(SCANNER.find("请看" + value + "，谢谢")).containsExactly(new Span(type, 2, 2 + value.length()));
    }
}
