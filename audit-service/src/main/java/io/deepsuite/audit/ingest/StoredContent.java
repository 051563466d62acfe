package io.deepsuite.audit.ingest;

import io.deepsuite.audit.event.EventBytes;
import io.deepsuite.proof.merkle.TreeHash;

/** What is left of an event to compare another one with. */
sealed interface StoredContent {

    /** Whether it is that event, byte for byte. */
    boolean is(EventBytes bytes);

    /** The event is there. */
    record Whole(EventBytes bytes) implements StoredContent {

        @Override
        public boolean is(EventBytes other) {
            return bytes.equals(other);
        }
    }

    /** The event is gone, as those of a month that has left the store; the log has its hash. */
    record Hash(TreeHash leaf) implements StoredContent {

        @Override
        public boolean is(EventBytes other) {
            return leaf.equals(TreeHash.ofLeaf(other.array()));
        }
    }

    /** Neither is there: no event can be shown to be the same. */
    record Nothing() implements StoredContent {

        @Override
        public boolean is(EventBytes other) {
            return false;
        }
    }
}
