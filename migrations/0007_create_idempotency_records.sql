-- Idempotency records: the first result of a call with an Idempotency-Key, committed with its
-- effects. The layer is part of the key, so a reset world forgets them as it should.
-- Compatible: new table and function only.
CREATE TABLE sbx.idempotency_records (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    -- Empty outside dry runs.
    dry_run_session text NOT NULL,
    -- `key_…`, `cli_…` or `usr_…`, by its 128 bits.
    principal_id uuid NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    -- SHA-256 of the canonical request body.
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    -- Answer headers that a replay repeats, as a list of pairs.
    headers json NOT NULL,
    response bytea NOT NULL,
    -- The call that ran; null never, `req_…`.
    request_id uuid NOT NULL,
    -- Virtual time.
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT idempotency_records_pkey PRIMARY KEY (
        tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key),
    CONSTRAINT idempotency_records_key_check CHECK (octet_length(key) BETWEEN 1 AND 255),
    CONSTRAINT idempotency_records_fingerprint_check CHECK (octet_length(fingerprint) = 32)
);
ALTER TABLE sbx.idempotency_records ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.idempotency_records FORCE ROW LEVEL SECURITY;
CREATE POLICY idempotency_records_tenant_isolation ON sbx.idempotency_records
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.idempotency_records TO sbx_app;

-- Takes the transaction's advisory lock for a key's hash or fails with `SB409` at once. An error
-- and not a false: what was sent behind it in the same batch must not run and must not wait.
CREATE FUNCTION sbx.claim_idempotency(hash bigint) RETURNS void
LANGUAGE plpgsql VOLATILE
AS $$
BEGIN
    IF NOT pg_catalog.pg_try_advisory_xact_lock(hash) THEN
        RAISE EXCEPTION 'the first call with this key is still running' USING ERRCODE = 'SB409';
    END IF;
END
$$;
GRANT EXECUTE ON FUNCTION sbx.claim_idempotency(bigint) TO sbx_app;
