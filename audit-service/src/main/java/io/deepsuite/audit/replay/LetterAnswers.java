package io.deepsuite.audit.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bodies of the answers about dead letters. No payload: a dead letter belongs to whatever tenant. */
final class LetterAnswers {

    private LetterAnswers() {}

    /**
     * One page.
     *
     * @param next {@code from} of the next page; empty on the last
     */
    record Letters(List<Letter> letters, String next) {

        static Letters of(ReplayService.Page page) {
            return new Letters(
                    page.letters().stream().map(Letter::of).toList(),
                    page.next().map(LetterPlace::toString).orElse(""));
        }
    }

    /**
     * One dead letter.
     *
     * @param id its place, partition-offset
     * @param time when it was put aside, RFC 3339
     * @param topic where it was read; with partition and offset, which are null if the record does not say
     * @param size bytes of its value
     * @param state OPEN, PENDING, STORED or DEAD_AGAIN
     * @param replayOf id of the letter that it is a replay of; empty for none
     * @param event what it would be; null if it cannot be read
     */
    record Letter(
            String id,
            String time,
            String reason,
            String detail,
            String topic,
            @Nullable Integer partition,
            @Nullable Long offset,
            int size,
            String state,
            String replayOf,
            @Nullable Event event,
            List<Replay> replays) {

        private static Letter of(LetterState state) {
            var letter = state.letter();
            return new Letter(
                    letter.place().toString(),
                    java.time.Instant.ofEpochMilli(letter.record().timestamp()).toString(),
                    letter.reason(),
                    letter.detail(),
                    letter.topic(),
                    letter.partition().isPresent() ? letter.partition().getAsInt() : null,
                    letter.offset().isPresent() ? letter.offset().getAsLong() : null,
                    letter.size(),
                    state.end().name(),
                    letter.replayOf(),
                    letter.event().map(Event::of).orElse(null),
                    state.replays().stream().map(Replay::of).toList());
        }
    }

    /** Id, phase and source of an event. */
    record Event(String id, String phase, String service, String instance, long boot, long sequence) {

        private static Event of(io.deepsuite.audit.event.IncomingEvent event) {
            return new Event(
                    event.key().id().toString(),
                    event.key().phase(),
                    event.position().service(),
                    event.position().instance(),
                    event.position().boot(),
                    event.position().sequence());
        }
    }

    /** One time that a letter was sent again: when, and where to. */
    record Replay(String id, String time, int partition, long offset) {

        private static Replay of(LetterState.Replay replay) {
            var sent = replay.sent();
            return new Replay(sent.replay().toString(), replay.at().toString(), sent.partition(), sent.offset());
        }
    }

    /**
     * What a replay did.
     *
     * @param id the replay
     * @param skipped letters that are stored already, or on their way
     * @param next {@code from} to go on with; empty when all are done
     */
    record Done(String id, List<Sent> sent, int skipped, String next) {

        static Done of(ReplayService.Done done) {
            return new Done(
                    done.id().toString(),
                    done.sent().stream().map(Sent::of).toList(),
                    done.skipped(),
                    done.next().map(LetterPlace::toString).orElse(""));
        }
    }

    /** A letter, and where in the audit topic it is now. */
    record Sent(String letter, int partition, long offset) {

        private static Sent of(SentLetter sent) {
            return new Sent(sent.letter().toString(), sent.partition(), sent.offset());
        }
    }
}
