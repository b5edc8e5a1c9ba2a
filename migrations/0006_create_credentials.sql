-- API keys and OAuth clients. Secrets are random, so their SHA-256 is stored and no slow hash.
-- Compatible: new tables only.
CREATE TABLE sbx.api_keys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    sandbox_id uuid,
    sha256 bytea NOT NULL,
    -- What lists show of the secret.
    prefix text NOT NULL,
    -- Separated by spaces, as in RFC 6749 §3.3.
    scopes text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_keys_sha256_key UNIQUE (tenant_id, sha256),
    CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE,
    CONSTRAINT api_keys_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT api_keys_kind_check CHECK (
        kind = 'management' AND sandbox_id IS NULL OR kind = 'sandbox' AND sandbox_id IS NOT NULL),
    CONSTRAINT api_keys_sha256_check CHECK (octet_length(sha256) = 32)
);
CREATE INDEX api_keys_sandbox_id_idx ON sbx.api_keys (tenant_id, sandbox_id);
ALTER TABLE sbx.api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY api_keys_tenant_isolation ON sbx.api_keys
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.api_keys TO sbx_app;

CREATE TABLE sbx.oauth_clients (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    secret_prefix text NOT NULL,
    scopes text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT oauth_clients_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT oauth_clients_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT oauth_clients_secret_sha256_check CHECK (octet_length(secret_sha256) = 32)
);
CREATE INDEX oauth_clients_sandbox_id_idx ON sbx.oauth_clients (tenant_id, sandbox_id);
ALTER TABLE sbx.oauth_clients ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.oauth_clients FORCE ROW LEVEL SECURITY;
CREATE POLICY oauth_clients_tenant_isolation ON sbx.oauth_clients
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.oauth_clients TO sbx_app;
