package io.deepsuite.audit.event;

/** What a record's value turned out to be. */
public sealed interface ReadEvent {

    /** An event that can be stored. */
    record Valid(IncomingEvent event) implements ReadEvent {}

    /**
     * Not an event that can be stored.
     *
     * @param fault what is wrong
     * @param detail one sentence with the offending and the expected value; no payload
     */
    record Invalid(EventFault fault, String detail) implements ReadEvent {}
}
