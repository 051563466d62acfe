package io.deepsuite.dataprep.masking;

import io.deepsuite.servicekit.privacy.PersonalDataScanner;
import io.deepsuite.servicekit.privacy.PlaceholderGrammar;
import io.deepsuite.servicekit.privacy.Span;
import java.util.ArrayList;
import java.util.List;

/** Takes personal data out of texts. Linear in the texts. */
final class Masker {

    private final PersonalDataScanner scanner;

    Masker(PersonalDataScanner scanner) {
        this.scanner = scanner;
    }

    /**
     * Replaces the personal data of all texts by placeholders, the same value by the same one.
     *
     * @throws io.deepsuite.servicekit.error.DeepsuiteException {@code TEXT_TOO_LONG} if there are more values than placeholders
     */
    MaskedText mask(List<String> texts) {
        var spans = new ArrayList<List<Span>>(texts.size());
        boolean any = false;
        for (String text : texts) {
            var found = scanner.find(text);
            spans.add(found);
            any |= !found.isEmpty();
        }
        if (!any) {
            return new MaskedText(texts, List.of());
        }
        var allocation = new PlaceholderAllocation();
        texts.forEach(text -> PlaceholderGrammar.find(text).forEach(allocation::reserve));
        var masked = new ArrayList<String>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            masked.add(replace(texts.get(i), spans.get(i), allocation));
        }
        return new MaskedText(masked, allocation.values());
    }

    private static String replace(String text, List<Span> spans, PlaceholderAllocation allocation) {
        if (spans.isEmpty()) {
            return text;
        }
        var masked = new StringBuilder(text.length());
        int copied = 0;
        for (Span span : spans) {
            masked.append(text, copied, span.start());
            masked.append(allocation.tokenFor(span.type(), text.substring(span.start(), span.end())));
            copied = span.end();
        }
        return masked.append(text, copied, text.length()).toString();
    }
}
