-- Which months are in the archive. Written by the owner's job, after it has read the copy back and verified it.
CREATE TABLE archived_month (
    month           date        NOT NULL,
    location        text        NOT NULL,
    manifest_sha256 bytea       NOT NULL,
    event_count     bigint      NOT NULL,
    archived_at     timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT archived_month_pk PRIMARY KEY (month),
    CONSTRAINT archived_month_first_ck CHECK (extract(day FROM month) = 1),
    CONSTRAINT archived_month_digest_ck CHECK (octet_length(manifest_sha256) = 32),
    CONSTRAINT archived_month_count_ck CHECK (event_count >= 0)
);
COMMENT ON COLUMN archived_month.manifest_sha256 IS 'Digest of manifest.json, which has those of the other files.';

CREATE TRIGGER archived_month_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON archived_month
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT ON archived_month TO audit_service;
