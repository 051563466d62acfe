-- A month that is in the archive can leave the store. What it was stays: its keys, its leaves, and here, which leaves are in which archive.

CREATE TABLE archived_run (
    month       date    NOT NULL,
    log         integer NOT NULL,
    first_leaf  bigint  NOT NULL,
    end_leaf    bigint  NOT NULL,
    event_count bigint  NOT NULL,
    CONSTRAINT archived_run_pk PRIMARY KEY (log, month),
    CONSTRAINT archived_run_month_fk FOREIGN KEY (month) REFERENCES archived_month (month),
    CONSTRAINT archived_run_leaves_ck CHECK (first_leaf >= 0 AND end_leaf > first_leaf AND event_count BETWEEN 1 AND end_leaf - first_leaf)
);
COMMENT ON TABLE archived_run IS 'Of each log, the leaves that the archive of a month covers; of these, it has the events of the month. Written when the month first leaves.';

CREATE TABLE archived_tenant (
    month       date   NOT NULL,
    tenant      text   NOT NULL,
    event_count bigint NOT NULL,
    CONSTRAINT archived_tenant_pk PRIMARY KEY (tenant, month),
    CONSTRAINT archived_tenant_month_fk FOREIGN KEY (month) REFERENCES archived_month (month),
    CONSTRAINT archived_tenant_count_ck CHECK (event_count >= 1)
);
COMMENT ON TABLE archived_tenant IS 'Whose records the archive of a month has, and how many. Written when the month first leaves.';

CREATE TABLE dropped_month (
    month      date        NOT NULL,
    dropped_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    late_count bigint      NOT NULL,
    CONSTRAINT dropped_month_pk PRIMARY KEY (month, dropped_at),
    CONSTRAINT dropped_month_month_fk FOREIGN KEY (month) REFERENCES archived_month (month),
    CONSTRAINT dropped_month_late_ck CHECK (late_count >= 0)
);
COMMENT ON COLUMN dropped_month.late_count IS 'Events that came after the month was archived; they stayed, in audit_event_default.';

CREATE TRIGGER archived_run_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON archived_run
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER archived_tenant_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON archived_tenant
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER dropped_month_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON dropped_month
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

-- Says of an event that is not in the store which archive has it; null when none should. A month that has a partition is here: what it lacks was deleted.
CREATE FUNCTION audit_event_archived_in(wanted_log integer, leaf bigint, occurred_at timestamptz) RETURNS date LANGUAGE sql STABLE AS $$
    SELECT r.month
      FROM archived_run r
     WHERE r.log = wanted_log AND r.month = date_trunc('month', occurred_at AT TIME ZONE 'UTC')::date
       AND leaf >= r.first_leaf AND leaf < r.end_leaf
       AND to_regclass('audit_event_' || to_char(r.month, 'YYYY_MM')) IS NULL
$$;

-- Hash of a leaf as it was sealed; null when the log has no such leaf.
CREATE FUNCTION audit_event_leaf_hash(wanted_log integer, leaf bigint) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN leaf - t.first_hash < octet_length(t.hashes) / 32 THEN substring(t.hashes FROM (1 + 32 * (leaf - t.first_hash))::integer FOR 32) END
      FROM log_tile t
     WHERE t.log = wanted_log AND t.level = 0 AND t.first_hash <= leaf
     ORDER BY t.first_hash DESC
     LIMIT 1
$$;

GRANT SELECT ON archived_run, archived_tenant, dropped_month TO audit_service;
