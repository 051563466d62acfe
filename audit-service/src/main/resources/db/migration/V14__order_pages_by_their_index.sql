-- A page is the newest part of a range of its filter's index. The primary key began with the time: it had the order of pages, too, and as rows lie on disk in that order
-- it looked cheap, so that the planner took it for a value that is common in one month, and read all newer months through where the value is gone. Now it begins
-- with the id, which nothing is ordered by.
ALTER TABLE audit_event DROP CONSTRAINT audit_event_pk;
ALTER TABLE audit_event ADD CONSTRAINT audit_event_pk PRIMARY KEY (id, phase, occurred_at);
