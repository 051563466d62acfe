-- A person's events are looked for near the times of the person's keys. The end of a change that a crash interrupted is told when its service comes back, with the
-- key of the beginning, and that may be days apart. There are next to none of them. An index of them alone is not enough: the planner takes a third of all events
-- for late.
CREATE TABLE audit_event_late (
    tenant       text        NOT NULL,
    occurred_at  timestamptz NOT NULL,
    personal_key uuid        NOT NULL
);
COMMENT ON TABLE audit_event_late IS 'Events of persons that came more than a day after they were begun, as their ids say. Some may be in archives by now.';
CREATE INDEX audit_event_late_ix ON audit_event_late (tenant, occurred_at);
INSERT INTO audit_event_late (tenant, occurred_at, personal_key)
SELECT tenant, occurred_at, personal_key FROM audit_event
 WHERE personal_key IS NOT NULL AND occurred_at - uuid_extract_timestamp(id) > interval '24 hours';

CREATE TRIGGER audit_event_late_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event_late
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
GRANT SELECT, INSERT ON audit_event_late TO audit_service;
