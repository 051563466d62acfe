package io.deepsuite.model.signals;

/** Takes signals. Never blocks and never fails: what cannot be sent is dropped and counted. */
@FunctionalInterface
public interface Signals {

    /** Takes one signal. */
    void report(Signal signal);
}
