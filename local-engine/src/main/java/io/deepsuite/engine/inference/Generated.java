package io.deepsuite.engine.inference;

/**
 * The end of an answer.
 *
 * @param ending why it ended
 * @param tokens tokens the model produced, its end-of-text token included
 */
public record Generated(Ending ending, int tokens) {

    /** Why an answer ended. */
    public enum Ending {
        /** The model said so. */
        END_OF_TEXT,
        /** As many tokens as were asked for, or as the context holds. */
        LIMIT,
        /** The sink asked for no more. */
        SINK
    }
}
