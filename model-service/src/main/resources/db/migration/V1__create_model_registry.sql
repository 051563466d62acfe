-- Run by the owner role; the service itself connects as model_service and may do only what is granted below.

CREATE TABLE model (
    name         text        NOT NULL,
    display_name text        NOT NULL,
    revision     bigint      NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL,
    CONSTRAINT model_name_pk PRIMARY KEY (name),
    CONSTRAINT model_name_ck CHECK (name ~ '^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$'),
    CONSTRAINT model_display_name_ck CHECK (char_length(display_name) <= 200),
    CONSTRAINT model_revision_ck CHECK (revision >= 1)
);
COMMENT ON COLUMN model.revision IS 'Counts the changes of the row; the etag is made from it.';

CREATE TABLE model_version (
    model_name          text        NOT NULL,
    version             text        NOT NULL,
    artifact_sha256     text        NOT NULL,
    artifact_size_bytes bigint      NOT NULL,
    quantization        text        NOT NULL,
    context_tokens      integer     NOT NULL,
    created_at          timestamptz NOT NULL,
    CONSTRAINT model_version_name_pk PRIMARY KEY (model_name, version),
    CONSTRAINT model_version_model_fk FOREIGN KEY (model_name) REFERENCES model (name),
    CONSTRAINT model_version_artifact_sha256_ck CHECK (artifact_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT model_version_artifact_size_bytes_ck CHECK (artifact_size_bytes >= 0),
    CONSTRAINT model_version_context_tokens_ck CHECK (context_tokens >= 0)
);
COMMENT ON COLUMN model_version.version IS 'Semantic Versioning 2.0.0.';
COMMENT ON COLUMN model_version.artifact_sha256 IS 'SHA-256 of the artifact, lower-case hexadecimal.';
COMMENT ON COLUMN model_version.context_tokens IS 'Longest input and answer together; 0 when unknown.';

CREATE TABLE model_version_engine (
    model_name   text    NOT NULL,
    version      text    NOT NULL,
    position     integer NOT NULL,
    protocol     text    NOT NULL,
    address      text    NOT NULL,
    engine_model text    NOT NULL,
    CONSTRAINT model_version_engine_position_pk PRIMARY KEY (model_name, version, position),
    CONSTRAINT model_version_engine_version_fk FOREIGN KEY (model_name, version)
        REFERENCES model_version (model_name, version),
    CONSTRAINT model_version_engine_protocol_ck CHECK (protocol IN ('OPENAI'))
);

CREATE TABLE model_alias (
    model_name text NOT NULL,
    alias      text NOT NULL,
    version    text NOT NULL,
    CONSTRAINT model_alias_alias_pk PRIMARY KEY (model_name, alias),
    CONSTRAINT model_alias_version_fk FOREIGN KEY (model_name, version)
        REFERENCES model_version (model_name, version),
    CONSTRAINT model_alias_alias_ck CHECK (alias ~ '^[a-z]([a-z-]{0,61}[a-z])?$')
);

-- A version, once added, is what it is: what an audit event calls 1.0.0 must still be that artifact years later.
CREATE FUNCTION model_version_reject_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is immutable', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER model_version_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON model_version
    FOR EACH STATEMENT EXECUTE FUNCTION model_version_reject_change();
CREATE TRIGGER model_version_engine_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON model_version_engine
    FOR EACH STATEMENT EXECUTE FUNCTION model_version_reject_change();

GRANT USAGE ON SCHEMA public TO model_service;
GRANT SELECT, INSERT, UPDATE ON model TO model_service;
GRANT SELECT, INSERT ON model_version, model_version_engine TO model_service;
GRANT SELECT, INSERT, UPDATE ON model_alias TO model_service;
