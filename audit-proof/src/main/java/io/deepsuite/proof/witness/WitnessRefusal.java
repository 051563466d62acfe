package io.deepsuite.proof.witness;

/** A checkpoint does not deserve a cosignature. The message names the log, and both sizes. */
public final class WitnessRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WitnessRefusal(String message) {
        super(message, null, false, false);
    }
}
