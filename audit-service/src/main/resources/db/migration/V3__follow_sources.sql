-- Which numbers of each source have arrived. A batch writes one row for each unbroken run of numbers that it brings, so this stays small beside the events.
CREATE TABLE source_run (
    service        text        NOT NULL,
    instance       text        NOT NULL,
    boot           bigint      NOT NULL,
    first_sequence bigint      NOT NULL,
    last_sequence  bigint      NOT NULL,
    watermark      bigint      NOT NULL,
    log            integer     NOT NULL,
    recorded_at    timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT source_run_pk PRIMARY KEY (service, instance, boot, first_sequence),
    CONSTRAINT source_run_numbers_ck CHECK (first_sequence >= 1 AND last_sequence >= first_sequence AND watermark >= 0)
);
CREATE INDEX source_run_watermark_ix ON source_run (service, instance, boot, watermark);
COMMENT ON COLUMN source_run.watermark IS 'Nothing is missing up to this number; the highest of a source''s rows holds. Rows at or below it may be pruned by the owner, save the newest.';

-- Where a source ended: it said so itself when it closed, or its successor found out when it opened the same journal.
CREATE TABLE source_end (
    service       text        NOT NULL,
    instance      text        NOT NULL,
    boot          bigint      NOT NULL,
    last_sequence bigint      NOT NULL,
    recorded_at   timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT source_end_pk PRIMARY KEY (service, instance, boot),
    CONSTRAINT source_end_numbers_ck CHECK (boot >= 1 AND last_sequence >= 0)
);

-- What arrived before this was followed.
WITH numbered AS (
    SELECT service, instance, boot, sequence, topic_partition,
           sequence - row_number() OVER (PARTITION BY service, instance, boot ORDER BY sequence) AS island
      FROM audit_event_key
), run AS (
    SELECT service, instance, boot, min(sequence) AS first_sequence, max(sequence) AS last_sequence, min(topic_partition) AS log
      FROM numbered
     GROUP BY service, instance, boot, island
)
INSERT INTO source_run (service, instance, boot, first_sequence, last_sequence, watermark, log)
SELECT r.service, r.instance, r.boot, r.first_sequence, r.last_sequence,
       coalesce((SELECT f.last_sequence FROM run f
                  WHERE f.service = r.service AND f.instance = r.instance AND f.boot = r.boot AND f.first_sequence = 1), 0),
       r.log
  FROM run r;

CREATE TRIGGER source_run_append_only BEFORE UPDATE ON source_run
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER source_end_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON source_end
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT, INSERT ON source_run, source_end TO audit_service;
