-- One partition of audit_event for each month (UTC), so that a month can leave the store as a whole. Times that no month is there for go to
-- audit_event_default: a clock may be far off, and ingest must not stop because nobody made the next month. Rows of the old table move.

-- Adds the month that a day is in; false when it is there already. Only the owner can. What had come for the month before moves from the default partition.
CREATE FUNCTION audit_event_add_month(wanted date) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    month  date        := date_trunc('month', wanted)::date;
    name   text        := 'audit_event_' || to_char(month, 'YYYY_MM');
    begins timestamptz := month::timestamp AT TIME ZONE 'UTC';
    ends   timestamptz := (month + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF to_regclass(name) IS NOT NULL THEN
        RETURN false;
    END IF;
    EXECUTE format('CREATE TABLE %I (LIKE audit_event INCLUDING ALL)', name);
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
    RETURN true;
END $$;
COMMENT ON FUNCTION audit_event_add_month IS 'Locks audit_event_default until the transaction ends; set lock_timeout.';
REVOKE EXECUTE ON FUNCTION audit_event_add_month FROM PUBLIC;

-- Indexes are made again as they are defined now, under their names.
CREATE TEMPORARY TABLE definition ON COMMIT DROP AS
SELECT c.relname::text AS name, pg_get_indexdef(i.indexrelid) AS sql
  FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
 WHERE i.indrelid = 'audit_event'::regclass AND NOT i.indisprimary;

ALTER TABLE audit_event RENAME TO audit_event_whole;
ALTER TABLE audit_event_whole DROP CONSTRAINT audit_event_pk;
CREATE TABLE audit_event (LIKE audit_event_whole INCLUDING ALL EXCLUDING INDEXES) PARTITION BY RANGE (occurred_at);
ALTER TABLE audit_event ADD CONSTRAINT audit_event_pk PRIMARY KEY (occurred_at, id, phase);
DO $$
DECLARE
    old record;
BEGIN
    FOR old IN SELECT * FROM definition LOOP
        EXECUTE format('DROP INDEX %I', old.name);
        EXECUTE old.sql;
    END LOOP;
END $$;
CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event_default
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

-- This month, the next two, and each of the ten years before that has an event. What is older, or from a future, is an odd time.
SELECT audit_event_add_month(month)
  FROM (SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date AS month FROM generate_series(0, 2) AS ahead
         UNION
        SELECT DISTINCT date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date FROM audit_event_whole
         WHERE occurred_at >= now() - interval '10 years' AND occurred_at < now()) AS needed
 ORDER BY month;

INSERT INTO audit_event SELECT * FROM audit_event_whole;
DO $$
DECLARE
    before bigint;
    after  bigint;
BEGIN
    SELECT count(*) INTO before FROM audit_event_whole;
    SELECT count(*) INTO after FROM audit_event;
    IF before <> after THEN
        RAISE EXCEPTION 'audit_event: % rows after the move (expected: %)', after, before;
    END IF;
END $$;
DROP TABLE audit_event_whole;

-- Through audit_event only: the service has no right to a month itself. What lies where no month is, it counts.
GRANT SELECT, INSERT ON audit_event TO audit_service;
GRANT SELECT ON audit_event_default TO audit_service;

CREATE FUNCTION audit_event_months() RETURNS TABLE (name text, begins timestamptz, ends timestamptz) LANGUAGE sql STABLE AS $$
    SELECT c.relname::text,
           to_date(substring(c.relname FROM 'audit_event_(\d{4}_\d{2})$'), 'YYYY_MM')::timestamp AT TIME ZONE 'UTC',
           (to_date(substring(c.relname FROM 'audit_event_(\d{4}_\d{2})$'), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC'
      FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = 'audit_event'::regclass AND c.relname ~ '^audit_event_\d{4}_\d{2}$'
     ORDER BY 2
$$;
COMMENT ON FUNCTION audit_event_months IS 'Months that have a partition, the oldest first; begins inclusive, ends exclusive.';
