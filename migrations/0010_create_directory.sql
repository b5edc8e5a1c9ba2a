-- The directory: from what a request shows (slug, key, e-mail, client id) to its tenant. Global
-- uniqueness lives here and nowhere else, and there are no documents.
-- On Citus these are reference tables; nothing points at a tenant table. `sbx_app` keeps a
-- tenant's own entries under row-level security. It is not forced: the owner's functions below
-- must see every tenant, and they are the only door of `sbx_edge`.
-- Compatible: new tables only.
CREATE TABLE sbx.directory_slugs (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    state text NOT NULL,
    expires_at timestamptz,
    CONSTRAINT directory_slugs_pkey PRIMARY KEY (slug),
    CONSTRAINT directory_slugs_sandbox_id_key UNIQUE (sandbox_id)
);
CREATE INDEX directory_slugs_expires_at_idx ON sbx.directory_slugs (expires_at)
    WHERE expires_at IS NOT NULL;
ALTER TABLE sbx.directory_slugs ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_slugs_tenant_isolation ON sbx.directory_slugs
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_slugs TO sbx_app;
-- The sweeper finds what has expired, then works as `sbx_app` under each tenant.
GRANT SELECT ON sbx.directory_slugs TO sbx_system;

CREATE TABLE sbx.directory_keys (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    kind text NOT NULL,
    sandbox_id uuid,
    scopes text NOT NULL,
    expires_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT directory_keys_pkey PRIMARY KEY (sha256),
    CONSTRAINT directory_keys_key_id_key UNIQUE (key_id)
);
CREATE INDEX directory_keys_sandbox_id_idx ON sbx.directory_keys (sandbox_id)
    WHERE sandbox_id IS NOT NULL;
ALTER TABLE sbx.directory_keys ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_keys_tenant_isolation ON sbx.directory_keys
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_keys TO sbx_app;

CREATE TABLE sbx.directory_emails (
    -- SHA-256 of the lower-cased address.
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    CONSTRAINT directory_emails_pkey PRIMARY KEY (sha256)
);
ALTER TABLE sbx.directory_emails ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_emails_tenant_isolation ON sbx.directory_emails
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_emails TO sbx_app;

CREATE TABLE sbx.directory_clients (
    client_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    scopes text NOT NULL,
    CONSTRAINT directory_clients_pkey PRIMARY KEY (client_id)
);
CREATE INDEX directory_clients_sandbox_id_idx ON sbx.directory_clients (sandbox_id);
ALTER TABLE sbx.directory_clients ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_clients_tenant_isolation ON sbx.directory_clients
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_clients TO sbx_app;
