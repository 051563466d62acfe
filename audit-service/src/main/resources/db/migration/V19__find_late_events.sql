-- A person's events are looked for near the times of the person's keys. The end of a change that a crash interrupted is told when its service comes back, with the
-- key of the beginning, and that may be days apart. An event's id says when it was begun. There are next to none of them, so this index is next to empty.
CREATE INDEX audit_event_late_ix ON audit_event (tenant, occurred_at)
 WHERE personal_key IS NOT NULL AND occurred_at - uuid_extract_timestamp(id) > interval '24 hours';
