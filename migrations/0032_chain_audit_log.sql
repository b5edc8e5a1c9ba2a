-- The audit log becomes a chain: each entry of a tenant carries the SHA-256 over the entry before
-- and itself, so that a change to a stored row shows. Entries of the platform as a whole, which
-- belong to no tenant, stand under the tenant of all zeros.
-- Compatible: entries of old code have no place in the chain and keep none; it begins with the
-- first entry of new code.
ALTER TABLE sbx.audit_log ADD COLUMN sequence bigint;
ALTER TABLE sbx.audit_log ADD COLUMN sha256 bytea;
-- The call that led to it, as in the request log.
ALTER TABLE sbx.audit_log ADD COLUMN request_id uuid;
ALTER TABLE sbx.audit_log ADD CONSTRAINT audit_log_sequence_key UNIQUE (tenant_id, sequence);
ALTER TABLE sbx.audit_log ADD CONSTRAINT audit_log_chain_check CHECK (
    sequence IS NULL AND sha256 IS NULL OR sequence > 0 AND octet_length(sha256) = 32);
-- Before and after of a change, beside what was asked.
ALTER TABLE sbx.audit_log DROP CONSTRAINT audit_log_details_check;
ALTER TABLE sbx.audit_log ADD CONSTRAINT audit_log_details_check CHECK (
    octet_length(details::text) <= 12288);

-- Where each chain ends. Its row is taken last in a transaction, for the length of the commit.
CREATE TABLE sbx.audit_heads (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT audit_heads_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT audit_heads_chain_check CHECK (sequence > 0 AND octet_length(sha256) = 32)
) WITH (fillfactor = 50);
ALTER TABLE sbx.audit_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.audit_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_heads_tenant_isolation ON sbx.audit_heads
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON sbx.audit_heads TO sbx_app;
-- The operator's own actions.
GRANT SELECT, INSERT, UPDATE ON sbx.audit_heads TO sbx_system;
GRANT INSERT ON sbx.audit_log TO sbx_system;

-- What is hashed of an entry, after the hash of the entry before: a JSON array, so that no value can
-- reach into its neighbour. Time in microseconds since 1970.
CREATE FUNCTION sbx.audit_record(
    tenant_id uuid, sequence bigint, id uuid, created_at timestamptz, actor_kind text,
    actor_id uuid, action text, subject text, request_id uuid, details json)
RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT json_build_array(
        tenant_id, sequence, id,
        (extract(epoch FROM created_at AT TIME ZONE 'UTC') * 1000000)::bigint,
        actor_kind, actor_id, action, subject, request_id, details)::text
$$;

CREATE FUNCTION sbx.audit_sha256(previous bytea, record text)
RETURNS bytea
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$ SELECT sha256(previous || convert_to(record, 'UTF8')) $$;

GRANT EXECUTE ON FUNCTION
    sbx.audit_record(uuid, bigint, uuid, timestamptz, text, uuid, text, text, uuid, json),
    sbx.audit_sha256(bytea, text)
TO sbx_app, sbx_system;
