package io.deepsuite.audit.replay;

import java.util.List;
import java.util.Optional;

/**
 * Part of the topic of the dead letters, as far as one call reads.
 *
 * @param letters those that were wanted, by place
 * @param next where to go on; empty at the end
 */
record LetterScan(List<KeptLetter> letters, Optional<LetterPlace> next) {

    LetterScan {
        letters = List.copyOf(letters);
    }
}
