-- Keys of persons, which open the personal fields of events. The one table of the store whose rows may lose something: an erased key keeps its id, so that it
-- never comes to life again when somebody sends it once more, and nothing that leads to the person.
CREATE TABLE subject_key (
    key_id          uuid        NOT NULL,
    tenant          text        NOT NULL,
    subject         bytea,
    subject_name    bytea,
    wrapping_key_id text,
    wrapped_key     bytea,
    created_at      timestamptz NOT NULL,
    topic           text        NOT NULL,
    topic_partition integer     NOT NULL,
    topic_offset    bigint      NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT statement_timestamp(),
    erased          boolean     NOT NULL DEFAULT false,
    CONSTRAINT subject_key_pk PRIMARY KEY (key_id),
    CONSTRAINT subject_key_erased_ck CHECK (
        (NOT erased AND subject IS NOT NULL AND wrapping_key_id IS NOT NULL AND wrapped_key IS NOT NULL)
        OR (erased AND subject IS NULL AND subject_name IS NULL AND wrapping_key_id IS NULL AND wrapped_key IS NULL)),
    CONSTRAINT subject_key_hash_ck CHECK (octet_length(subject) = 32 AND octet_length(subject_name) = 32)
);
COMMENT ON COLUMN subject_key.subject IS 'HMAC-SHA-256 of tenant and actor id.';
COMMENT ON COLUMN subject_key.subject_name IS 'HMAC-SHA-256 of tenant and actor name; empty where the person has none.';
COMMENT ON COLUMN subject_key.erased IS 'Without a time: it would tell which keys were erased together, and so with whom.';
COMMENT ON COLUMN subject_key.topic_offset IS 'Where the key came from; behind the last of a partition the next start goes on.';

CREATE INDEX subject_key_subject_ix ON subject_key (tenant, subject, created_at) WHERE NOT erased;
CREATE INDEX subject_key_name_ix ON subject_key (tenant, subject_name, created_at) WHERE NOT erased AND subject_name IS NOT NULL;
CREATE INDEX subject_key_place_ix ON subject_key (topic, topic_partition, topic_offset);

-- What an erased key was must not lie about as a dead row for long.
ALTER TABLE subject_key SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);

CREATE TRIGGER subject_key_keep BEFORE DELETE OR TRUNCATE ON subject_key
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

CREATE FUNCTION subject_key_only_erase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.erased OR NOT NEW.erased OR (NEW.key_id, NEW.tenant, NEW.created_at, NEW.topic, NEW.topic_partition, NEW.topic_offset)
            IS DISTINCT FROM (OLD.key_id, OLD.tenant, OLD.created_at, OLD.topic, OLD.topic_partition, OLD.topic_offset) THEN
        RAISE EXCEPTION '% can only be erased', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subject_key_only_erase BEFORE UPDATE ON subject_key
    FOR EACH ROW EXECUTE FUNCTION subject_key_only_erase();

GRANT SELECT, INSERT ON subject_key TO audit_service;

-- Which key opens an event. The columns of the actor are empty then.
ALTER TABLE audit_event ADD COLUMN personal_key uuid;
COMMENT ON COLUMN audit_event.personal_key IS 'subject_key.key_id; no foreign key, as the key may come later than the event.';
CREATE INDEX audit_event_personal_key_ix ON audit_event (personal_key, occurred_at) WHERE personal_key IS NOT NULL;
