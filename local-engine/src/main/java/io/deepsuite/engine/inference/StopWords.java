package io.deepsuite.engine.inference;

import java.util.List;

/**
 * Ends a stream of text at the first of some words. Text that may be the beginning of one is held back until it is decided. For one answer, by one thread.
 */
public final class StopWords {

    private final List<String> words;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    /**
     * Ends one stream.
     *
     * @param words none of them empty
     */
    public StopWords(List<String> words) {
        if (words.stream().anyMatch(String::isEmpty)) {
            throw new IllegalArgumentException("stop word of 0 characters (expected: at least 1)");
        }
        this.words = List.copyOf(words);
    }

    /**
     * Takes the next piece.
     *
     * @return what may leave now; maybe empty
     */
    public String push(String piece) {
        if (found) {
            return "";
        }
        held.append(piece);
        int at = firstWord();
        if (at >= 0) {
            found = true;
            return release(at);
        }
        return release(held.length() - longestBeginning());
    }

    /**
     * Ends the stream.
     *
     * @return what was held back and turned out to be no stop word
     */
    public String finish() {
        return found ? "" : release(held.length());
    }

    /** Whether a word has come; nothing leaves any more. */
    public boolean found() {
        return found;
    }

    private String release(int end) {
        String text = held.substring(0, end);
        held.delete(0, end);
        return text;
    }

    private int firstWord() {
        int first = -1;
        for (String word : words) {
            int at = held.indexOf(word);
            if (at >= 0 && (first < 0 || at < first)) {
                first = at;
            }
        }
        return first;
    }

    private int longestBeginning() {
        int longest = 0;
        for (String word : words) {
            for (int length = Math.min(word.length() - 1, held.length()); length > longest; length--) {
                if (word.startsWith(held.substring(held.length() - length))) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
