package io.deepsuite.model.inference;

import io.deepsuite.model.registry.ModelVersion;

/** Takes an answer as it streams, on the thread that asked. What it throws ends the call. */
public interface AnswerSink {

    /** The answer begins: called once, before its first piece, and before the end of an answer without any. */
    void begin(ModelVersion version);

    /** A piece of the answer, not empty, values restored. */
    void piece(String text);
}
