package io.deepsuite.model.engine;

/** Takes what an engine says, on the thread that asked. What it throws ends the call. */
public interface EngineListener {

    /**
     * A replica was chosen; called again when another is tried.
     *
     * @param address {@code host:port}
     */
    void asking(String address);

    /** A piece of the answer, not empty, placeholders not restored. */
    void text(String piece);
}
