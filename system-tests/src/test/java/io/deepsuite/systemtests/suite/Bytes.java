package io.deepsuite.systemtests.suite;

import java.nio.charset.StandardCharsets;

/** Bytes as the text they may be. */
public final class Bytes {

    private Bytes() {}

    /** UTF-8; what is none becomes replacement characters and hides nothing around it. */
    public static String asText(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
