-- Which dead letters were sent again, and where to. How that ended is not written here: the events and the position tell.
CREATE TABLE dead_letter_replay (
    letter_topic     text        NOT NULL,
    letter_partition integer     NOT NULL,
    letter_offset    bigint      NOT NULL,
    replay           uuid        NOT NULL,
    topic            text        NOT NULL,
    topic_partition  integer     NOT NULL,
    topic_offset     bigint      NOT NULL,
    replayed_at      timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT dead_letter_replay_pk PRIMARY KEY (letter_topic, letter_partition, letter_offset, replay),
    CONSTRAINT dead_letter_replay_offsets_ck CHECK (letter_offset >= 0 AND topic_offset >= 0)
);
COMMENT ON TABLE dead_letter_replay IS 'Written when the broker has acknowledged the record. A row may be lost in a crash, never a record: sending again is harmless.';

CREATE TRIGGER dead_letter_replay_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dead_letter_replay
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT, INSERT ON dead_letter_replay TO audit_service;
