-- Eight filters take one of a few values each. Their combinations are few, too: every event has the number of its own, and one index of kind and time serves all
-- eight, where each had an index of its own that every event had to be entered in. A page is merged from the kinds that fit.
CREATE TABLE audit_event_kind (
    kind          integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    digest        bytea   NOT NULL,
    tenant        text    NOT NULL,
    operation     text    NOT NULL,
    action        text    NOT NULL,
    outcome       text    NOT NULL,
    reason        text    NOT NULL,
    actor_type    text    NOT NULL,
    resource_type text    NOT NULL,
    service       text    NOT NULL,
    namespace     text    NOT NULL,
    CONSTRAINT audit_event_kind_pk PRIMARY KEY (kind),
    CONSTRAINT audit_event_kind_digest_uk UNIQUE (digest)
);
COMMENT ON TABLE audit_event_kind IS 'Combinations of values that events have had. Some may have been made for events that were not stored in the end.';
COMMENT ON COLUMN audit_event_kind.digest IS 'SHA-256 of the values: together they may be longer than an index takes.';

-- The number of a kind; new ones get the next. Whoever asks for several orders them by their values, so that two never wait for each other in a circle.
CREATE FUNCTION audit_event_kind_of(
    tenant text, operation text, action text, outcome text, reason text, actor_type text, resource_type text, service text, namespace text)
    RETURNS integer LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    wanted bytea := sha256(convert_to(ARRAY[$1, $2, $3, $4, $5, $6, $7, $8, $9]::text, 'UTF8'));
    found  integer;
BEGIN
    SELECT k.kind INTO found FROM audit_event_kind k WHERE k.digest = wanted;
    IF found IS NULL THEN
        INSERT INTO audit_event_kind (digest, tenant, operation, action, outcome, reason, actor_type, resource_type, service, namespace)
        VALUES (wanted, $1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (digest) DO NOTHING
        RETURNING audit_event_kind.kind INTO found;
    END IF;
    IF found IS NULL THEN
        SELECT k.kind INTO found FROM audit_event_kind k WHERE k.digest = wanted; -- somebody else has made it meanwhile
    END IF;
    RETURN found;
END $$;

-- Every row is written anew to get its number, which takes a fraction of the time without indexes.
DROP INDEX audit_event_tenant_ix, audit_event_operation_ix, audit_event_action_ix, audit_event_outcome_ix, audit_event_reason_ix, audit_event_actor_type_ix,
           audit_event_actor_id_ix, audit_event_actor_name_ix, audit_event_resource_type_ix, audit_event_resource_id_ix, audit_event_service_ix,
           audit_event_namespace_ix, audit_event_request_id_ix, audit_event_trace_id_ix, audit_event_personal_key_ix;
ALTER TABLE audit_event DROP CONSTRAINT audit_event_pk;

ALTER TABLE audit_event ADD COLUMN kind integer;
COMMENT ON COLUMN audit_event.kind IS 'audit_event_kind.kind of the event''s values; not read for an answer without comparing the values themselves.';
ALTER TABLE audit_event DISABLE TRIGGER audit_event_append_only;
WITH kinds AS MATERIALIZED (
    SELECT d.*, audit_event_kind_of(tenant, operation, action, outcome, reason, actor_type, resource_type, service, namespace) AS kind
      FROM (SELECT DISTINCT tenant, operation, action, outcome, reason, actor_type, resource_type, service, namespace FROM audit_event) AS d)
UPDATE audit_event e SET kind = k.kind FROM kinds k
 WHERE (e.tenant, e.operation, e.action, e.outcome, e.reason, e.actor_type, e.resource_type, e.service, e.namespace)
     = (k.tenant, k.operation, k.action, k.outcome, k.reason, k.actor_type, k.resource_type, k.service, k.namespace);
ALTER TABLE audit_event ENABLE TRIGGER audit_event_append_only;
ALTER TABLE audit_event ALTER COLUMN kind SET NOT NULL;

-- Persons are sealed and have neither id nor name here; what is done to no resource in particular has no id of one.
ALTER TABLE audit_event ADD CONSTRAINT audit_event_pk PRIMARY KEY (id, phase, occurred_at);
CREATE INDEX audit_event_tenant_ix ON audit_event (tenant, occurred_at);
CREATE INDEX audit_event_kind_ix ON audit_event (kind, occurred_at);
CREATE INDEX audit_event_actor_id_ix ON audit_event (tenant, actor_id, occurred_at) WHERE actor_id <> '';
CREATE INDEX audit_event_actor_name_ix ON audit_event (tenant, actor_name, occurred_at) WHERE actor_name <> '';
CREATE INDEX audit_event_resource_id_ix ON audit_event (tenant, resource_id, occurred_at) WHERE resource_id <> '';
CREATE INDEX audit_event_request_id_ix ON audit_event (tenant, request_id, occurred_at);
CREATE INDEX audit_event_trace_id_ix ON audit_event (tenant, trace_id, occurred_at) WHERE trace_id <> '';
CREATE INDEX audit_event_personal_key_ix ON audit_event (personal_key, occurred_at) WHERE personal_key IS NOT NULL;

CREATE TRIGGER audit_event_kind_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event_kind
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
GRANT SELECT, INSERT ON audit_event_kind TO audit_service;
