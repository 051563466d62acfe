package io.deepsuite.servicekit.privacy;

import java.time.InstantSource;
import java.util.List;

/**
 * Finds personal data in text in one pass: time is linear in the text, whatever it holds. Offsets are exact next to CJK text; digits, at signs and letters
 * may be full-width. Immutable and safe to share.
 */
public final class PersonalDataScanner {

    private static final int MIN_FIRST_GROUP = 2;
    private static final int MAX_FIRST_GROUP = 19;
    private static final int MIN_UNGROUPED = 11;

    private final ResidentIdRecognizer residentIds;

    /** @param clock tells which birth dates are in the future */
    public PersonalDataScanner(InstantSource clock) {
        this.residentIds = new ResidentIdRecognizer(clock);
    }

    /** Personal data of {@code text} in order, none overlapping another. */
    public List<Span> find(CharSequence text) {
        return new Scan(text).run();
    }

    /** {@code text} with each piece of personal data replaced by {@code replacement}. */
    public String redact(CharSequence text, String replacement) {
        var spans = find(text);
        if (spans.isEmpty()) {
            return text.toString();
        }
        var redacted = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : spans) {
            redacted.append(text, copied, span.start()).append(replacement);
            copied = span.end();
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    /** One pass over one text. */
    private final class Scan {
        private final CharSequence text;
        private final DigitGroups groups = new DigitGroups();
        private final NumberSurroundings surroundings;
        private final Candidates candidates = new Candidates();

        Scan(CharSequence text) {
            this.text = text;
            this.surroundings = new NumberSurroundings(text);
        }

        List<Span> run() {
            int length = text.length();
            int index = 0;
            while (index < length) {
                char c = text.charAt(index);
                if (c > '@' && (c < '０' || c > '＠')) {
                    index++;
                    continue;
                }
                char folded = Folding.fold(c);
                if (Folding.isDigit(folded)) {
                    index = number(index);
                } else {
                    if (folded == '@') {
                        email(index);
                    }
                    index++;
                }
            }
            return candidates.disjoint();
        }

        private void email(int at) {
            Span span = EmailRecognizer.find(text, at);
            if (span != null) {
                candidates.add(span);
            }
        }

        /** Tries what can begin with the digits at {@code start}. @return offset after these digits */
        private int number(int start) {
            int end = start + 1;
            while (Folding.isDigit(Folding.at(text, end))) {
                end++;
            }
            int digits = end - start;
            boolean canBegin = digits >= MIN_UNGROUPED
                    || (Folding.isSeparator(Folding.at(text, end)) && Folding.isDigit(Folding.at(text, end + 1)));
            if (digits < MIN_FIRST_GROUP || digits > MAX_FIRST_GROUP || !canBegin) {
                return end;
            }
            groups.read(text, start);
            candidate(EntityType.CHINESE_RESIDENT_ID, start, residentIds.end(text, groups));
            candidate(EntityType.BANK_CARD, start, BankCardRecognizer.end(text, start, groups));
            int mobileEnd = MobileNumberRecognizer.end(groups);
            boolean plus = Folding.at(text, start - 1) == '+' && MobileNumberRecognizer.hasCountryCode(groups);
            candidate(EntityType.CHINESE_MOBILE_NUMBER, plus ? start - 1 : start, mobileEnd);
            return end;
        }

        private void candidate(EntityType type, int start, int end) {
            if (end >= 0 && surroundings.allow(type, start, end)) {
                candidates.add(new Span(type, start, end));
            }
        }
    }
}
