package io.deepsuite.devstack.layout;

/** Told what the stack is doing, in lines for a person. Called from several threads. */
@FunctionalInterface
public interface Progress {
    /** Takes one line, without a line end. */
    void say(String line);

    /** Takes and drops every line. */
    static Progress silent() {
        return _ -> {};
    }
}
