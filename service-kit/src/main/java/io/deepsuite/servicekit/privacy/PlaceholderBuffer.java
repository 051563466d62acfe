package io.deepsuite.servicekit.privacy;

/**
 * Cuts streamed text where no placeholder is torn apart: takes pieces as they come and releases all text but an unfinished placeholder at the end, at most
 * {@link PlaceholderGrammar#TOKEN_LENGTH} characters. Restoring the released pieces one by one gives the same as restoring the whole. One stream, one
 * thread at a time.
 */
public final class PlaceholderBuffer {

    private final StringBuilder held = new StringBuilder();

    /**
     * Takes the next piece.
     *
     * @return text to go on with, maybe empty; whole placeholders only, and no half of a surrogate pair at its end
     */
    public String add(CharSequence piece) {
        held.append(piece);
        int open = PlaceholderGrammar.openStart(held);
        if (open > 0 && open == held.length() && Character.isHighSurrogate(held.charAt(open - 1))) {
            open--;
        }
        return release(open);
    }

    /** Ends the stream. @return what was held back, maybe empty */
    public String finish() {
        return release(held.length());
    }

    private String release(int end) {
        String released = held.substring(0, end);
        held.delete(0, end);
        return released;
    }
}
