-- Sign-ins to the portal. The browser holds a random token, of which only the SHA-256 is stored; the
-- directory leads from it to the tenant, as it does for keys.
-- Compatible: new tables and a new function only.
CREATE TABLE sbx.sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- Wall time.
    expires_at timestamptz NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sessions_sha256_key UNIQUE (tenant_id, sha256),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES sbx.users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sessions_sha256_check CHECK (octet_length(sha256) = 32)
);
CREATE INDEX sessions_user_id_idx ON sbx.sessions (tenant_id, user_id);
ALTER TABLE sbx.sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY sessions_tenant_isolation ON sbx.sessions
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.sessions TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.sessions TO sbx_system;

CREATE TABLE sbx.directory_sessions (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT directory_sessions_pkey PRIMARY KEY (sha256)
);
CREATE INDEX directory_sessions_expires_at_idx ON sbx.directory_sessions (expires_at);
ALTER TABLE sbx.directory_sessions ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_sessions_tenant_isolation ON sbx.directory_sessions
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_sessions TO sbx_app;
GRANT SELECT (expires_at), DELETE ON sbx.directory_sessions TO sbx_system;

CREATE FUNCTION sbx.edge_session(wanted bytea)
RETURNS TABLE (tenant_id uuid, session_id uuid, user_id uuid, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.tenant_id, s.session_id, s.user_id, s.expires_at
    FROM sbx.directory_sessions s
    WHERE s.sha256 = wanted
$$;
GRANT EXECUTE ON FUNCTION sbx.edge_session(bytea) TO sbx_edge;
