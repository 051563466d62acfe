package io.deepsuite.k8s.monitoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what containerd writes by the rules of Fluent Bit's built-in multiline parser {@code cri}: a line is a time, a stream, a tag and the text. A text whose tag
 * is P goes on in the next line of the same stream, up to the one with F.
 */
final class CriLines {

    /** The expression of the built-in parser. */
    private static final Pattern LINE =
            Pattern.compile("^(?<time>.+?) (?<stream>stdout|stderr) (?<tag>F|P) (?<log>.*)$");

    private CriLines() {}

    /** The texts in the order in which they are whole; a line of another form is left as it is. */
    static List<String> join(List<String> lines) {
        List<String> whole = new ArrayList<>();
        Map<String, StringBuilder> begun = new HashMap<>();
        for (var line : lines) {
            var matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                whole.add(line);
                continue;
            }
            var stream = matcher.group("stream");
            begun.computeIfAbsent(stream, _ -> new StringBuilder()).append(matcher.group("log"));
            if (matcher.group("tag").equals("F")) {
                whole.add(String.valueOf(begun.remove(stream)));
            }
        }
        return List.copyOf(whole);
    }
}
