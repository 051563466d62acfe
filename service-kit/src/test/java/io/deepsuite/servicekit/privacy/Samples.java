package io.deepsuite.servicekit.privacy;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes personal data with valid check digits, written in the ways people write it. Independent of the recognizers. */
final class Samples {

    private static final List<String> PROVINCES =
            List.of("110105", "310104", "440305", "510107", "330106", "650102", "810000", "420111", "370202", "130102");
    private static final List<String> ISSUERS =
            List.of("622202", "621700", "625094", "623058", "400000", "411111", "520000", "550000", "601100", "356600");
    private static final List<String> DOMAINS =
            List.of("example.com", "mail.example.com.cn", "163.com", "qq.com", "my-company.org", "sub.a-b.co.uk");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    Samples(RandomGenerator random) {
        this.random = random;
    }

    /** One value of a kind, as plain ASCII, grouped or full-width. */
    String value(EntityType type) {
        String value = switch (type) {
            case CHINESE_RESIDENT_ID -> residentId();
            case BANK_CARD -> grouped(bankCard(), 4, 4, 4, 4, 3);
            case CHINESE_MOBILE_NUMBER ->
                pick(List.of("", "", "+86", "86", "0086", "+86 ", "+86-")) + grouped(mobileNumber(), 3, 4, 4);
            case EMAIL -> email();
        };
        return random.nextInt(8) == 0 ? fullWidth(value) : value;
    }

    String residentId() {
        var born = LocalDate.of(1930, 1, 1).plusDays(random.nextInt(34_000));
        return withCheckCharacter(pick(PROVINCES)
                + born.format(DateTimeFormatter.BASIC_ISO_DATE)
                + "%03d".formatted(1 + random.nextInt(999)));
    }

    String bankCard() {
        String issuer = pick(ISSUERS);
        int length = issuer.startsWith("62") ? 16 + random.nextInt(4) : 16;
        return withLuhnDigit(issuer + digits(length - 7));
    }

    String mobileNumber() {
        return "1" + (3 + random.nextInt(7)) + digits(9);
    }

    String digits(int count) {
        var digits = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    String hex(int count) {
        var hex = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            hex.append(Character.forDigit(random.nextInt(16), 16));
        }
        return hex.toString();
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String email() {
        var local = new StringBuilder().append(LETTERS.charAt(random.nextInt(26)));
        for (int i = random.nextInt(12); i > 0; i--) {
            local.append("abcdefghijklmnopqrstuvwxyz0123456789._+-".charAt(random.nextInt(40)));
        }
        return local.toString().replace("..", ".") + LETTERS.charAt(random.nextInt(26)) + "@" + pick(DOMAINS);
    }

    private String grouped(String digits, int... sizes) {
        char separator = pick(List.of('\0', '\0', ' ', '-'));
        if (separator == '\0') {
            return digits;
        }
        var grouped = new StringBuilder();
        int from = 0;
        for (int size : sizes) {
            if (from < digits.length()) {
                int to = Math.min(digits.length(), from + size);
                grouped.append(from == 0 ? "" : separator).append(digits, from, to);
                from = to;
            }
        }
        return grouped.toString();
    }

    static String fullWidth(String ascii) {
        var wide = new StringBuilder(ascii.length());
        ascii.chars().forEach(c -> wide.append(c == ' ' ? '\u3000' : (char) (c + 0xFEE0)));
        return wide.toString();
    }

    /** Appends the ISO 7064 MOD 11-2 character, by the recursive method of the standard. */
    static String withCheckCharacter(String seventeen) {
        int product = 0;
        for (int i = 0; i < seventeen.length(); i++) {
            product = (product + (seventeen.charAt(i) - '0')) * 2 % 11;
        }
        int check = (12 - product % 11) % 11;
        return seventeen + (check == 10 ? "X" : Integer.toString(check));
    }

    /** Appends the Luhn digit, by search. */
    static String withLuhnDigit(String body) {
        for (int digit = 0; digit < 10; digit++) {
            int sum = 0;
            String number = body + digit;
            for (int i = 0; i < number.length(); i++) {
                int value = number.charAt(number.length() - 1 - i) - '0';
                sum += i % 2 == 0 ? value : value * 2 / 10 + value * 2 % 10;
            }
            if (sum % 10 == 0) {
                return number;
            }
        }
        throw new AssertionError(body);
    }
}
