package io.deepsuite.audit.replay;

import java.time.Instant;
import java.util.List;

/**
 * A dead letter and what became of it.
 *
 * @param letter the letter
 * @param replays when it was sent again, oldest first
 * @param end how it stands
 */
record LetterState(KeptLetter letter, List<Replay> replays, End end) {

    /**
     * One time that it was sent again.
     *
     * @param sent where to
     * @param at by the clock of the database (UTC)
     * @param passed whether ingest is beyond that place
     */
    record Replay(SentLetter sent, Instant at, boolean passed) {}

    /** How it stands with a dead letter. */
    enum End {
        /** Nobody has sent it again. */
        OPEN,
        /** It was sent again, and ingest has not come to it yet. */
        PENDING,
        /** Its event is stored, byte for byte. */
        STORED,
        /** It was sent again, and put aside again. */
        DEAD_AGAIN
    }

    LetterState {
        replays = List.copyOf(replays);
    }

    /** @param stored whether the store has its event, byte for byte: by a replay, or because the source sent it again */
    static LetterState of(KeptLetter letter, List<Replay> replays, boolean stored) {
        return new LetterState(letter, replays, end(replays, stored));
    }

    private static End end(List<Replay> replays, boolean stored) {
        if (stored) {
            return End.STORED;
        }
        if (replays.isEmpty()) {
            return End.OPEN;
        }
        return replays.stream().allMatch(Replay::passed) ? End.DEAD_AGAIN : End.PENDING;
    }

    /** Whether sending it again may help: it is not stored, and not on its way. */
    boolean isDue() {
        return end == End.OPEN || end == End.DEAD_AGAIN;
    }
}
