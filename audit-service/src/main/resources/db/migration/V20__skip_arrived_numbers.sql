-- A gap that is never closed holds the watermark, and all that arrives behind it would be read each time somebody asks what is missing. So a row also says how far
-- back nothing is missing: whoever reads goes from the newest row to the one before that, and so from gap to gap.
ALTER TABLE source_run ADD COLUMN island_first bigint;
ALTER TABLE source_run ADD CONSTRAINT source_run_island_ck CHECK (island_first BETWEEN 1 AND first_sequence);
COMMENT ON COLUMN source_run.island_first IS 'From this number up to the row''s last nothing is missing, as far as its writer knew; empty for no more than the row itself.';
COMMENT ON COLUMN source_run.watermark IS 'Nothing is missing up to this number; the highest of a source''s rows holds. Rows at or below it may be pruned by the owner, save the first and the newest.';

-- What arrived behind a gap before. Rows up to the watermark are never read.
ALTER TABLE source_run DISABLE TRIGGER source_run_append_only;
WITH reached AS (
    SELECT service, instance, boot, max(watermark) AS watermark
      FROM source_run
     GROUP BY service, instance, boot
), beyond AS (
    SELECT service, instance, boot, r.first_sequence,
           CASE WHEN lag(r.last_sequence) OVER source = r.first_sequence - 1 THEN NULL ELSE r.first_sequence END AS begins
      FROM source_run r
      JOIN reached USING (service, instance, boot)
     WHERE r.first_sequence > reached.watermark
    WINDOW source AS (PARTITION BY service, instance, boot ORDER BY r.first_sequence)
), island AS (
    SELECT service, instance, boot, first_sequence,
           max(begins) OVER (PARTITION BY service, instance, boot ORDER BY first_sequence) AS island_first
      FROM beyond
)
UPDATE source_run r
   SET island_first = i.island_first
  FROM island i
 WHERE r.service = i.service AND r.instance = i.instance AND r.boot = i.boot AND r.first_sequence = i.first_sequence;
ALTER TABLE source_run ENABLE TRIGGER source_run_append_only;
