package io.deepsuite.audit.replay;

import io.deepsuite.servicekit.time.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lists dead letters and sends them again. One replay at a time, so that two people who press the same button send a letter once; twice would be harmless. */
@ApplicationScoped
public class ReplayService {

    private static final Logger LOGGER = LoggerFactory.getLogger(ReplayService.class);

    private final LetterClient letters;
    private final ReplayClient replays;
    private final ReplayStore store;
    private final InstantSource clock;
    private final ReentrantLock turn = new ReentrantLock();

    ReplayService(LetterClient letters, ReplayClient replays, ReplayStore store, InstantSource clock) {
        this.letters = letters;
        this.replays = replays;
        this.store = store;
        this.clock = clock;
    }

    /** Dead letters with what became of them. */
    record Page(List<LetterState> letters, Optional<LetterPlace> next) {}

    /**
     * What a replay did.
     *
     * @param id the replay, in the headers of each record that it sent
     * @param sent where each letter went
     * @param skipped letters that are stored already, or on their way
     * @param next where to go on
     */
    record Done(UUID id, List<SentLetter> sent, int skipped, Optional<LetterPlace> next) {}

    Page list(LetterRequest request) {
        var scan = letters.scan(request);
        return new Page(store.states(scan.letters()), scan.next());
    }

    /** Sends the letters that are wanted and due, in their order. What was sent before a failure stays sent, and shows in the list. */
    Done replay(LetterRequest request) {
        turn.lock();
        try {
            var id = UuidV7.next(clock);
            var page = list(request);
            var due = page.letters().stream().filter(LetterState::isDue).toList();
            var sent = due.stream().map(state -> send(id, state.letter())).toList();
            LOGGER.atInfo()
                    .addKeyValue("replay", id)
                    .addKeyValue("letters", sent.size())
                    .log("dead letters sent again");
            return new Done(id, sent, page.letters().size() - sent.size(), page.next());
        } finally {
            turn.unlock();
        }
    }

    private SentLetter send(UUID id, KeptLetter letter) {
        var sent = replays.send(id, letter);
        store.insert(sent);
        return sent;
    }
}
