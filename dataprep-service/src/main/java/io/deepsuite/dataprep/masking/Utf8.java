package io.deepsuite.dataprep.masking;

/** Measures text in UTF-8 without encoding it. */
final class Utf8 {

    private Utf8() {}

    /** Bytes that the text takes; half a surrogate pair counts 2, so that a whole one counts 4. */
    static long length(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return bytes;
    }
}
