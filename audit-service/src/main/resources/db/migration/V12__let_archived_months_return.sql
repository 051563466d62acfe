-- A month can come back from the archive, for a time: it is filled beside the store, and attached when it is whole.
CREATE TABLE restored_month (
    month       date        NOT NULL,
    restored_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    keep_until  timestamptz NOT NULL,
    CONSTRAINT restored_month_pk PRIMARY KEY (month, restored_at),
    CONSTRAINT restored_month_month_fk FOREIGN KEY (month) REFERENCES archived_month (month)
);
COMMENT ON COLUMN restored_month.keep_until IS 'No rule lets the month leave again before.';

CREATE TRIGGER restored_month_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON restored_month
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

-- Makes the table of a month a partition. What had come for the month meanwhile moves there from the default partition.
CREATE FUNCTION audit_event_attach_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    name   text        := 'audit_event_' || to_char(month, 'YYYY_MM');
    begins timestamptz := month::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    LOCK TABLE audit_event_default IN ACCESS EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM audit_event_default WHERE occurred_at >= begins AND occurred_at < ends) THEN
        EXECUTE format('INSERT INTO %I SELECT * FROM audit_event_default WHERE occurred_at >= $1 AND occurred_at < $2', name) USING begins, ends;
        ALTER TABLE audit_event_default DISABLE TRIGGER audit_event_append_only;
        DELETE FROM audit_event_default WHERE occurred_at >= begins AND occurred_at < ends;
        ALTER TABLE audit_event_default ENABLE TRIGGER audit_event_append_only;
    END IF;
    -- a trigger for statements guards only the table that a statement names
    EXECUTE format('CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON %I
                    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change()', name);
    EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, begins, ends);
END $$;
COMMENT ON FUNCTION audit_event_attach_month IS 'Locks audit_event_default until the transaction ends; set lock_timeout.';
REVOKE EXECUTE ON FUNCTION audit_event_attach_month FROM PUBLIC;

CREATE OR REPLACE FUNCTION audit_event_add_month(wanted date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    month date := date_trunc('month', wanted)::date;
    name  text := 'audit_event_' || to_char(month, 'YYYY_MM');
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE audit_event INCLUDING ALL)', name);
    PERFORM audit_event_attach_month(month);
    RETURN true;
END $$;

GRANT SELECT ON restored_month TO audit_service;
