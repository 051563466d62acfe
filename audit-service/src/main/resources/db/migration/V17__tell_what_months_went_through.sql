-- What the owner's job did to months, for the audit trail: written with the deed itself, in its transaction, and made an event by the service, which has a journal.
CREATE TABLE month_act (
    act             uuid        NOT NULL DEFAULT gen_random_uuid(),
    action          text        NOT NULL,
    month           date        NOT NULL,
    event_count     bigint      NOT NULL,
    manifest_sha256 bytea       NOT NULL,
    role            text        NOT NULL DEFAULT session_user,
    acted_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT month_act_pk PRIMARY KEY (act),
    CONSTRAINT month_act_month_fk FOREIGN KEY (month) REFERENCES archived_month (month),
    CONSTRAINT month_act_action_ck CHECK (action IN ('audit-month.archive', 'audit-month.drop', 'audit-month.restore'))
);
COMMENT ON COLUMN month_act.role IS 'Who did it: the role, which is the name in the certificate of whoever connected.';

-- Which of them are in a journal.
CREATE TABLE month_act_told (
    act uuid NOT NULL,
    CONSTRAINT month_act_told_pk PRIMARY KEY (act),
    CONSTRAINT month_act_told_act_fk FOREIGN KEY (act) REFERENCES month_act (act)
);

CREATE FUNCTION month_act_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO month_act (action, month, event_count, manifest_sha256)
    SELECT TG_ARGV[0], a.month, a.event_count, a.manifest_sha256 FROM archived_month a WHERE a.month = NEW.month;
    RETURN NULL;
END $$;

CREATE TRIGGER archived_month_act AFTER INSERT ON archived_month FOR EACH ROW EXECUTE FUNCTION month_act_record('audit-month.archive');
CREATE TRIGGER dropped_month_act AFTER INSERT ON dropped_month FOR EACH ROW EXECUTE FUNCTION month_act_record('audit-month.drop');
CREATE TRIGGER restored_month_act AFTER INSERT ON restored_month FOR EACH ROW EXECUTE FUNCTION month_act_record('audit-month.restore');

INSERT INTO month_act (action, month, event_count, manifest_sha256, acted_at)
SELECT d.action, a.month, a.event_count, a.manifest_sha256, d.acted_at
  FROM archived_month a
  JOIN (SELECT 'audit-month.archive' AS action, month, archived_at AS acted_at FROM archived_month
         UNION ALL SELECT 'audit-month.drop', month, dropped_at FROM dropped_month
         UNION ALL SELECT 'audit-month.restore', month, restored_at FROM restored_month) AS d USING (month);

CREATE TRIGGER month_act_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON month_act
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER month_act_told_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON month_act_told
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT ON month_act TO audit_service;
GRANT SELECT, INSERT ON month_act_told TO audit_service;
