package io.deepsuite.audit.checkpoint;

import java.io.IOException;
import java.util.Collections;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** One time through all logs: what fails for one of them, or at one destination, keeps no other from it. */
final class PublishingRound {

    private final CheckpointState state;
    private final EnumSet<Destination> behind = EnumSet.noneOf(Destination.class);
    private @Nullable Exception failure;

    PublishingRound(CheckpointState state) {
        this.state = state;
    }

    /** Something that may fail without ending the round. */
    @FunctionalInterface
    interface Step {
        /** Does it. @throws IOException if it fails */
        void run() throws IOException;
    }

    /**
     * Does a step.
     *
     * @param needing destinations that miss something when it fails
     */
    void attempt(Step step, Destination... needing) {
        try {
            step.run();
        } catch (IOException | RuntimeException one) {
            Collections.addAll(behind, needing);
            if (failure == null) {
                failure = one;
            } else {
                failure.addSuppressed(one);
            }
        }
    }

    /** Ends the round. @throws Exception of the first step that failed, with those of others */
    void end() throws Exception {
        EnumSet.complementOf(behind).forEach(state::published);
        if (failure != null) {
            throw failure;
        }
    }
}
