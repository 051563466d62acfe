package io.deepsuite.engine.gguf;

/** A model file that cannot be served; the message says why and what to do. */
public final class GgufException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public GgufException(String message) {
        super(message);
    }
}
