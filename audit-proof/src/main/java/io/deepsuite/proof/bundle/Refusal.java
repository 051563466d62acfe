package io.deepsuite.proof.bundle;

/** Ends a pass over a bundle at the first fault; never leaves this package. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;
    private final String fault;

    Refusal(String place, String fault) {
        super(fault, null, false, false);
        this.place = place;
        this.fault = fault;
    }

    Verdict verdict() {
        return new Verdict.Invalid(place, fault);
    }
}
