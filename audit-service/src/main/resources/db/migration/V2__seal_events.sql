-- Every event is a leaf of its log's tree (RFC 6962), one log for each partition of the topic. All of this is written by the transaction that stores the
-- events, and only added to, so that the role of the service can do no more than append.

ALTER TABLE audit_event_key ADD COLUMN leaf_index bigint;
ALTER TABLE audit_event_key ADD CONSTRAINT audit_event_key_leaf_ck CHECK (leaf_index >= 0);
CREATE UNIQUE INDEX audit_event_key_leaf_uk ON audit_event_key (topic_partition, leaf_index);
COMMENT ON COLUMN audit_event_key.leaf_index IS 'Place in the log of the partition, from 0 without gaps; empty for what was stored before there was a log.';

CREATE TABLE log_tree (
    log        integer     NOT NULL,
    first_leaf bigint      NOT NULL,
    tree_size  bigint      NOT NULL,
    peaks      bytea       NOT NULL,
    sealed_at  timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT log_tree_pk PRIMARY KEY (log, first_leaf),
    CONSTRAINT log_tree_size_ck CHECK (first_leaf >= 0 AND tree_size > first_leaf),
    CONSTRAINT log_tree_peaks_ck CHECK (octet_length(peaks) = 32 * bit_count(tree_size::bit(64)))
);
COMMENT ON TABLE log_tree IS 'One row for each batch; the newest row of a log holds its size. Older ones may be pruned by the owner.';
COMMENT ON COLUMN log_tree.log IS 'Number of the partition whose events the log holds.';
COMMENT ON COLUMN log_tree.peaks IS 'Roots of the perfect subtrees from left to right, 32 bytes for each bit set in tree_size.';

-- Compare and set, as with positions: a batch begins where the tree ended.
CREATE FUNCTION log_tree_continue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    expected bigint;
BEGIN
    SELECT t.tree_size INTO expected FROM log_tree t WHERE t.log = NEW.log ORDER BY t.first_leaf DESC LIMIT 1;
    IF coalesce(expected, 0) <> NEW.first_leaf THEN
        RAISE EXCEPTION 'log_tree %: first_leaf % (expected: %)', NEW.log, NEW.first_leaf, coalesce(expected, 0)
            USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER log_tree_continues BEFORE INSERT ON log_tree
    FOR EACH ROW EXECUTE FUNCTION log_tree_continue();

CREATE TABLE log_tile (
    log        integer NOT NULL,
    level      integer NOT NULL,
    first_hash bigint  NOT NULL,
    hashes     bytea   NOT NULL,
    CONSTRAINT log_tile_pk PRIMARY KEY (log, level, first_hash),
    CONSTRAINT log_tile_place_ck CHECK (level >= 0 AND first_hash >= 0),
    CONSTRAINT log_tile_hashes_ck CHECK (octet_length(hashes) BETWEEN 32 AND 32 * 256 AND octet_length(hashes) % 32 = 0)
);
COMMENT ON TABLE log_tile IS 'Hashes of the tree (C2SP tlog-tiles). A tile of 256 hashes is its rows, one behind the other: each batch adds what it has.';

CREATE TABLE log_checkpoint (
    log       integer     NOT NULL,
    tree_size bigint      NOT NULL,
    note      text        NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT statement_timestamp(),
    CONSTRAINT log_checkpoint_pk PRIMARY KEY (log, tree_size),
    CONSTRAINT log_checkpoint_size_ck CHECK (tree_size >= 1)
);
COMMENT ON COLUMN log_checkpoint.note IS 'Signed note (C2SP tlog-checkpoint), already published where this database is out of reach.';

CREATE TRIGGER log_tree_append_only BEFORE UPDATE ON log_tree
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER log_tile_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_tile
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();
CREATE TRIGGER log_checkpoint_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON log_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

GRANT SELECT, INSERT ON log_tree, log_tile, log_checkpoint TO audit_service;
