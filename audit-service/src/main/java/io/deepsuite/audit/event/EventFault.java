package io.deepsuite.audit.event;

/** Why a record is not stored. The constant's name is the value of the dead letter's header {@code dead-letter-reason}. */
public enum EventFault {
    /** The record has no value. */
    VALUE_MISSING,
    /** The value is not a protobuf message of the contract. */
    UNPARSABLE,
    /** The id is missing or not a UUID in canonical form. */
    ID_INVALID,
    /** The time is missing or out of range. */
    TIME_INVALID,
    /** The source is missing or incomplete: service, instance, boot and sequence are needed. */
    SOURCE_INVALID,
    /** The operation is missing or unknown. */
    OPERATION_INVALID,
    /** The action is missing. */
    ACTION_INVALID,
    /** The outcome does not fit the phase, or is unknown. */
    OUTCOME_INVALID,
    /** A text is too long, or holds a NUL character. */
    TEXT_INVALID,
    /** The id of the key that sealed the personal fields is not a UUID in canonical form. */
    PERSONAL_INVALID,
    /** Another event with the same id and phase is stored already. */
    ID_CONFLICT,
    /** Another event with the same source position is stored already. */
    POSITION_CONFLICT,
    /** The database refuses the event's values. */
    STORE_REFUSED
}
