-- Erasing a person: the keys lose what they were, and the person's hash is remembered with the time, so that a key that was made before and comes later counts
-- as erased, too. Which keys were a person's is remembered nowhere.
CREATE TABLE subject_erasure (
    erasure        uuid        NOT NULL,
    tenant         text        NOT NULL,
    subject        bytea       NOT NULL,
    keys_destroyed integer     NOT NULL,
    request_id     text        NOT NULL,
    erased_at      timestamptz NOT NULL,
    CONSTRAINT subject_erasure_pk PRIMARY KEY (erasure),
    CONSTRAINT subject_erasure_hash_ck CHECK (octet_length(subject) = 32),
    CONSTRAINT subject_erasure_keys_ck CHECK (keys_destroyed >= 0)
);
COMMENT ON COLUMN subject_erasure.request_id IS 'Leads to the audit event of the call, which says who asked for it.';
CREATE INDEX subject_erasure_subject_ix ON subject_erasure (tenant, subject, erased_at);

CREATE TRIGGER subject_erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_erasure
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

-- Which erased keys have been taken out of the key topic.
CREATE TABLE subject_key_tombstone (
    key_id uuid NOT NULL,
    CONSTRAINT subject_key_tombstone_pk PRIMARY KEY (key_id),
    CONSTRAINT subject_key_tombstone_key_fk FOREIGN KEY (key_id) REFERENCES subject_key (key_id)
);
CREATE INDEX subject_key_erased_ix ON subject_key (key_id) WHERE erased;

CREATE TRIGGER subject_key_tombstone_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_key_tombstone
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_reject_change();

-- One after the other for each person: a key that comes while the person is erased is either seen by the erasure, or sees it.
CREATE FUNCTION subject_lock(wanted bytea) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended(encode(wanted, 'hex'), 0))
$$;

CREATE FUNCTION subject_key_arrive() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM subject_lock(NEW.subject);
    IF EXISTS (SELECT FROM subject_erasure e
                WHERE e.tenant = NEW.tenant AND e.subject = NEW.subject AND e.erased_at >= NEW.created_at) THEN
        NEW.subject := NULL;
        NEW.subject_name := NULL;
        NEW.wrapping_key_id := NULL;
        NEW.wrapped_key := NULL;
        NEW.erased := true;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subject_key_arrive BEFORE INSERT ON subject_key
    FOR EACH ROW EXECUTE FUNCTION subject_key_arrive();

-- All that the service may do to a key. Runs as the owner, so that the service itself needs no right to change a row.
CREATE FUNCTION erase_subject(wanted_erasure uuid, wanted_tenant text, wanted_subject bytea, wanted_request text)
    RETURNS TABLE (keys_destroyed integer, erased_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    destroyed integer;
    moment    timestamptz;
BEGIN
    PERFORM subject_lock(wanted_subject);
    moment := clock_timestamp();
    UPDATE subject_key k
       SET subject = NULL, subject_name = NULL, wrapping_key_id = NULL, wrapped_key = NULL, erased = true
     WHERE k.tenant = wanted_tenant AND k.subject = wanted_subject AND NOT k.erased;
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    IF destroyed = 0 AND NOT EXISTS (SELECT FROM subject_erasure e WHERE e.tenant = wanted_tenant AND e.subject = wanted_subject) THEN
        RETURN;
    END IF;
    INSERT INTO subject_erasure (erasure, tenant, subject, keys_destroyed, request_id, erased_at)
    VALUES (wanted_erasure, wanted_tenant, wanted_subject, destroyed, wanted_request, moment);
    RETURN QUERY SELECT destroyed, moment;
END $$;
COMMENT ON FUNCTION erase_subject IS 'No row when nobody is known by the hash; safe to repeat.';
REVOKE EXECUTE ON FUNCTION erase_subject FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_subject TO audit_service;

GRANT SELECT ON subject_erasure TO audit_service;
GRANT SELECT, INSERT ON subject_key_tombstone TO audit_service;
