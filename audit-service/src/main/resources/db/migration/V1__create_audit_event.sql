-- Run by the owner role audit_service_owner; the service itself connects as audit_service, which may only INSERT and SELECT.

-- What happened. The primary key starts with the time, so that the table can later be partitioned by month without changing a key.
CREATE TABLE audit_event (
    occurred_at      timestamptz NOT NULL,
    id               uuid        NOT NULL,
    phase            text        NOT NULL,
    boot             bigint      NOT NULL,
    sequence         bigint      NOT NULL,
    recorded_at      timestamptz NOT NULL DEFAULT statement_timestamp(),
    tenant           text        NOT NULL,
    operation        text        NOT NULL,
    action           text        NOT NULL,
    outcome          text        NOT NULL,
    reason           text        NOT NULL,
    actor_type       text        NOT NULL,
    actor_id         text        NOT NULL,
    actor_name       text        NOT NULL,
    workload         text        NOT NULL,
    resource_type    text        NOT NULL,
    resource_id      text        NOT NULL,
    resource_version text        NOT NULL,
    service          text        NOT NULL,
    instance         text        NOT NULL,
    namespace        text        NOT NULL,
    request_id       text        NOT NULL,
    trace_id         text        NOT NULL,
    event            bytea       NOT NULL,
    CONSTRAINT audit_event_pk PRIMARY KEY (occurred_at, id, phase),
    CONSTRAINT audit_event_phase_ck CHECK (phase IN ('INTENT', 'OUTCOME')),
    CONSTRAINT audit_event_operation_ck CHECK (operation IN ('CREATE', 'READ', 'UPDATE', 'DELETE')),
    CONSTRAINT audit_event_outcome_ck CHECK (outcome IN ('UNSPECIFIED', 'SUCCESS', 'FAILURE')),
    CONSTRAINT audit_event_actor_type_ck CHECK (actor_type IN ('UNSPECIFIED', 'USER', 'SERVICE_ACCOUNT')),
    CONSTRAINT audit_event_source_ck CHECK (boot >= 1 AND sequence >= 1)
);
COMMENT ON COLUMN audit_event.event IS 'deepsuite.audit.v1.AuditEvent, the exact bytes of the Kafka record; every other column is read from them.';
COMMENT ON COLUMN audit_event.occurred_at IS 'UTC, nanoseconds of the event cut to microseconds.';
COMMENT ON COLUMN audit_event.outcome IS 'UNSPECIFIED only in phase INTENT.';

-- One index per filter, newest first within the tenant. Common values are left out where a page of them is found by the tenant's index at once.
CREATE INDEX audit_event_tenant_ix ON audit_event (tenant, occurred_at);
CREATE INDEX audit_event_operation_ix ON audit_event (tenant, operation, occurred_at);
CREATE INDEX audit_event_action_ix ON audit_event (tenant, action, occurred_at);
CREATE INDEX audit_event_outcome_ix ON audit_event (tenant, outcome, occurred_at) WHERE outcome <> 'SUCCESS';
CREATE INDEX audit_event_reason_ix ON audit_event (tenant, reason, occurred_at) WHERE reason <> 'OK';
CREATE INDEX audit_event_actor_type_ix ON audit_event (tenant, actor_type, occurred_at);
CREATE INDEX audit_event_actor_id_ix ON audit_event (tenant, actor_id, occurred_at);
CREATE INDEX audit_event_actor_name_ix ON audit_event (tenant, actor_name, occurred_at);
CREATE INDEX audit_event_resource_type_ix ON audit_event (tenant, resource_type, occurred_at);
CREATE INDEX audit_event_resource_id_ix ON audit_event (tenant, resource_id, occurred_at);
CREATE INDEX audit_event_service_ix ON audit_event (tenant, service, occurred_at);
CREATE INDEX audit_event_namespace_ix ON audit_event (tenant, namespace, occurred_at);
CREATE INDEX audit_event_request_id_ix ON audit_event (tenant, request_id, occurred_at);
CREATE INDEX audit_event_trace_id_ix ON audit_event (tenant, trace_id, occurred_at) WHERE trace_id <> '';

-- Which event it is: holds across the whole life of the store what a partitioned table could not, that an event's id and its source's position are
-- taken once. Also leads from an id to the event's time.
CREATE TABLE audit_event_key (
    id              uuid        NOT NULL,
    phase           text        NOT NULL,
    occurred_at     timestamptz NOT NULL,
    service         text        NOT NULL,
    instance        text        NOT NULL,
    boot            bigint      NOT NULL,
    sequence        bigint      NOT NULL,
    topic_partition integer     NOT NULL,
    topic_offset    bigint      NOT NULL,
    CONSTRAINT audit_event_key_pk PRIMARY KEY (id, phase),
    CONSTRAINT audit_event_key_source_uk UNIQUE (service, instance, boot, sequence)
);
COMMENT ON TABLE audit_event_key IS 'One row for each row of audit_event, written by the same statement.';

-- How far each partition of the topic has been stored. A row is written in the transaction that stores the events between its offsets.
CREATE TABLE ingest_batch (
    topic             text        NOT NULL,
    topic_partition   integer     NOT NULL,
    first_offset      bigint      NOT NULL,
    next_offset       bigint      NOT NULL,
    event_count       integer     NOT NULL,
    duplicate_count   integer     NOT NULL,
    dead_letter_count integer     NOT NULL,
    ingested_at       timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT ingest_batch_pk PRIMARY KEY (topic, topic_partition, first_offset),
    CONSTRAINT ingest_batch_offsets_ck CHECK (first_offset >= 0 AND next_offset > first_offset)
);
COMMENT ON TABLE ingest_batch IS 'The newest row of a partition holds the position; older ones may be pruned by the owner.';

-- Compare and set: a batch starts where the newest one ended. Together with the primary key it keeps out a consumer that has lost its partition.
CREATE FUNCTION ingest_batch_continue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected bigint;
BEGIN
    SELECT b.next_offset INTO expected
      FROM ingest_batch b
     WHERE b.topic = NEW.topic AND b.topic_partition = NEW.topic_partition
     ORDER BY b.first_offset DESC
     LIMIT 1;
    IF FOUND AND expected <> NEW.first_offset THEN
        RAISE EXCEPTION 'ingest_batch %/%: first_offset % (expected: %)', NEW.topic, NEW.topic_partition, NEW.first_offset, expected
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ingest_batch_continues BEFORE INSERT ON ingest_batch
    FOR EACH ROW EXECUTE FUNCTION ingest_batch_continue();

CREATE FUNCTION audit_event_reject_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER audit_event_key_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event_key
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER ingest_batch_append_only BEFORE UPDATE ON ingest_batch
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT, INSERT ON audit_event, audit_event_key, ingest_batch TO audit_service;
