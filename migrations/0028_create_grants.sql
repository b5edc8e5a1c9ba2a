-- What the issuer remembers between the steps of a grant. Everything that a client later shows is
-- random and stored as its SHA-256 (codes, tokens, handles) except the user code, which people type.
-- All times are wall time. Ended rows are removed by the hourly sweep, as `sbx_system`.
-- Compatible: new tables and a new function only.
-- A consent, and with it a family of refresh tokens: revoking it ends everything drawn from it.
CREATE TABLE sbx.oauth_grants (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    client_id uuid NOT NULL,
    subject text NOT NULL,
    scopes text NOT NULL,
    created_at timestamptz NOT NULL,
    revoked_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT oauth_grants_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT oauth_grants_client_id_fkey FOREIGN KEY (tenant_id, client_id)
        REFERENCES sbx.oauth_clients (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT oauth_grants_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX oauth_grants_sandbox_id_idx ON sbx.oauth_grants (tenant_id, sandbox_id);
ALTER TABLE sbx.oauth_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.oauth_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY oauth_grants_tenant_isolation ON sbx.oauth_grants
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.oauth_grants TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.oauth_grants TO sbx_system;

-- An authorization request on its way: pushed (RFC 9126), or in a browser between its pages.
CREATE TABLE sbx.authorization_requests (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    parameters json NOT NULL,
    -- SHA-256 of the cookie of the browser that has taken it up.
    browser_sha256 bytea,
    -- Who has signed in.
    subject text,
    expires_at timestamptz NOT NULL,
    CONSTRAINT authorization_requests_pkey PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT authorization_requests_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX authorization_requests_sandbox_id_idx ON sbx.authorization_requests (tenant_id, sandbox_id);
ALTER TABLE sbx.authorization_requests ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.authorization_requests FORCE ROW LEVEL SECURITY;
CREATE POLICY authorization_requests_tenant_isolation ON sbx.authorization_requests
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.authorization_requests TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.authorization_requests TO sbx_system;

CREATE TABLE sbx.authorization_codes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    -- redirect_uri, code_challenge, dpop_jkt.
    parameters json NOT NULL,
    used_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT authorization_codes_pkey PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT authorization_codes_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX authorization_codes_sandbox_id_idx ON sbx.authorization_codes (tenant_id, sandbox_id);
ALTER TABLE sbx.authorization_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.authorization_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY authorization_codes_tenant_isolation ON sbx.authorization_codes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.authorization_codes TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.authorization_codes TO sbx_system;

-- One link of a family. A used one that comes again means that it was stolen.
CREATE TABLE sbx.refresh_tokens (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    -- Thumbprint of the DPoP key that a public client's token is bound to.
    dpop_jkt text,
    used_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT refresh_tokens_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_sandbox_id_idx ON sbx.refresh_tokens (tenant_id, sandbox_id);
ALTER TABLE sbx.refresh_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.refresh_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY refresh_tokens_tenant_isolation ON sbx.refresh_tokens
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.refresh_tokens TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.refresh_tokens TO sbx_system;

CREATE TABLE sbx.device_codes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    user_code text NOT NULL,
    client_id uuid NOT NULL,
    scopes text NOT NULL,
    state text NOT NULL,
    subject text,
    interval_seconds integer NOT NULL,
    last_polled_at timestamptz,
    expires_at timestamptz NOT NULL,
    CONSTRAINT device_codes_pkey PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT device_codes_user_code_key UNIQUE (tenant_id, user_code),
    CONSTRAINT device_codes_state_check CHECK (
        state IN ('pending', 'denied', 'used') OR state = 'approved' AND subject IS NOT NULL),
    CONSTRAINT device_codes_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX device_codes_sandbox_id_idx ON sbx.device_codes (tenant_id, sandbox_id);
ALTER TABLE sbx.device_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.device_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY device_codes_tenant_isolation ON sbx.device_codes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.device_codes TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.device_codes TO sbx_system;

-- Access tokens (`jti`) that were revoked before their end.
CREATE TABLE sbx.revoked_tokens (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT revoked_tokens_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT revoked_tokens_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX revoked_tokens_sandbox_id_idx ON sbx.revoked_tokens (tenant_id, sandbox_id);
ALTER TABLE sbx.revoked_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.revoked_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY revoked_tokens_tenant_isolation ON sbx.revoked_tokens
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.revoked_tokens TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.revoked_tokens TO sbx_system;

-- Proofs and assertions that may be shown once only: SHA-256 of who, and of its `jti`.
CREATE TABLE sbx.used_proofs (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT used_proofs_pkey PRIMARY KEY (tenant_id, sha256),
    CONSTRAINT used_proofs_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX used_proofs_sandbox_id_idx ON sbx.used_proofs (tenant_id, sandbox_id);
ALTER TABLE sbx.used_proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.used_proofs FORCE ROW LEVEL SECURITY;
CREATE POLICY used_proofs_tenant_isolation ON sbx.used_proofs
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.used_proofs TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.used_proofs TO sbx_system;

CREATE TABLE sbx.directory_user_codes (
    user_code text NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT directory_user_codes_pkey PRIMARY KEY (user_code)
);
CREATE INDEX directory_user_codes_sandbox_id_idx ON sbx.directory_user_codes (sandbox_id);
ALTER TABLE sbx.directory_user_codes ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_user_codes_tenant_isolation ON sbx.directory_user_codes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_user_codes TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.directory_user_codes TO sbx_system;

-- The tenant of a code that somebody typed; the directory's other functions stand with it.
CREATE FUNCTION sbx.edge_user_code(wanted text)
RETURNS TABLE (tenant_id uuid, sandbox_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.tenant_id, c.sandbox_id FROM sbx.directory_user_codes c WHERE c.user_code = wanted
$$;
GRANT EXECUTE ON FUNCTION sbx.edge_user_code(text) TO sbx_edge;
