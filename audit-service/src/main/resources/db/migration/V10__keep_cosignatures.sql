-- Signature lines of witnesses below published checkpoints (C2SP tlog-cosignature). They come later than the checkpoint, and are verified before they are kept.
CREATE TABLE log_cosignature (
    log         integer     NOT NULL,
    tree_size   bigint      NOT NULL,
    witness     text        NOT NULL,
    line        text        NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT log_cosignature_pk PRIMARY KEY (log, tree_size, witness),
    CONSTRAINT log_cosignature_checkpoint_fk FOREIGN KEY (log, tree_size) REFERENCES log_checkpoint (log, tree_size)
);
COMMENT ON COLUMN log_cosignature.witness IS 'Public key of the witness in its text form: a new key of the same name counts anew.';

CREATE TRIGGER log_cosignature_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_cosignature
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT, INSERT ON log_cosignature TO audit_service;
