package io.deepsuite.journal.file;

/** Is told what happens to events. Called on the journal's threads, so it must not block. */
public interface JournalListener {

    /** Ignores everything. */
    JournalListener NONE = new JournalListener() {};

    /** Events have become durable. */
    default void appended(int events) {}

    /** An event was refused. */
    default void refused() {}

    /**
     * The device has confirmed a group.
     *
     * @param nanos how long it took
     */
    default void forced(long nanos) {}
}
