package io.deepsuite.audit.replay;

import java.util.UUID;

/**
 * A dead letter that was sent again.
 *
 * @param letter its place among the dead letters
 * @param replay the replay that sent it
 * @param topic where to
 * @param partition where to
 * @param offset where to
 */
record SentLetter(LetterPlace letter, UUID replay, String topic, int partition, long offset) {}
