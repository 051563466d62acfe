package io.deepsuite.proof.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was asked for.
 *
 * @param part whether sound parts of the logs are enough
 * @param keys public keys, or files of them
 * @param witnesses public keys of witnesses, or files of them
 * @param quorum how many of the witnesses have to have co-signed; all that were named when it was not said
 * @param published directories that the audit service publishes to
 * @param archives folders of archives
 * @param bundles files; {@code -} is standard input
 */
record Arguments(
        boolean help,
        boolean part,
        List<String> keys,
        List<String> witnesses,
        OptionalInt quorum,
        List<Path> published,
        List<Path> archives,
        List<String> bundles) {

    /** @throws IllegalArgumentException naming what is wrong */
    static Arguments parse(String[] arguments) {
        boolean part = false;
        List<String> keys = new ArrayList<>();
        List<String> witnesses = new ArrayList<>();
        OptionalInt quorum = OptionalInt.empty();
        List<Path> published = new ArrayList<>();
        List<Path> archives = new ArrayList<>();
        List<String> bundles = new ArrayList<>();
        Iterator<String> words = Arrays.asList(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--help", "-h" -> {
                    return new Arguments(true, part, keys, witnesses, quorum, published, archives, bundles);
                }
                case "--part" -> part = true;
                case "--key" -> keys.add(value(word, words));
                case "--witness" -> witnesses.add(value(word, words));
                case "--witnesses" -> quorum = OptionalInt.of(number(word, value(word, words)));
                case "--published" -> published.add(Path.of(value(word, words)));
                case "--archive" -> archives.add(Path.of(value(word, words)));
                default -> bundles.add(operand(word));
            }
        }
        if (bundles.isEmpty()) {
            throw new IllegalArgumentException("no bundle was named; --help says more");
        }
        if (keys.isEmpty() && published.isEmpty()) {
            throw new IllegalArgumentException("no key: give --key or --published; --help says more");
        }
        return new Arguments(false, part, keys, witnesses, quorum, published, archives, bundles);
    }

    private static int number(String option, String text) {
        if (!text.matches("[0-9]{1,4}")) {
            throw new IllegalArgumentException("%s: %s (expected: a number)".formatted(option, text));
        }
        return Integer.parseInt(text);
    }

    static String operand(String word) {
        if (word.startsWith("-") && word.length() > 1) {
            throw new IllegalArgumentException("unknown option %s; --help says more".formatted(word));
        }
        return word;
    }

    static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(option + " has no value");
        }
        return words.next();
    }
}
