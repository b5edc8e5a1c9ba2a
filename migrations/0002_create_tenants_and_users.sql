-- Tenants with their limits, users and memberships.
-- Compatible: new tables only.
CREATE TABLE sbx.tenants (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    -- Raised by the admin, null means the platform's default.
    rate_per_second integer,
    burst integer,
    in_flight integer,
    sandboxes_max integer,
    -- Counted here, so that the quota is one atomic UPDATE whatever the number of sandboxes.
    sandbox_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT tenants_name_check CHECK (char_length(name) BETWEEN 1 AND 200),
    CONSTRAINT tenants_limits_check CHECK (
        rate_per_second > 0 AND burst > 0 AND in_flight > 0 AND sandboxes_max >= 0),
    CONSTRAINT tenants_sandbox_count_check CHECK (sandbox_count >= 0)
) WITH (fillfactor = 70);
ALTER TABLE sbx.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenants_tenant_isolation ON sbx.tenants
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.tenants TO sbx_app;

CREATE TABLE sbx.users (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    -- `scrypt$N$r$p$salt$hash`, salt and hash in hexadecimal.
    password text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT users_email_key UNIQUE (tenant_id, email),
    CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE,
    CONSTRAINT users_email_check CHECK (octet_length(email) BETWEEN 3 AND 254)
);
ALTER TABLE sbx.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.users FORCE ROW LEVEL SECURITY;
CREATE POLICY users_tenant_isolation ON sbx.users
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.users TO sbx_app;

CREATE TABLE sbx.memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id),
    CONSTRAINT memberships_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES sbx.users (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT memberships_role_check CHECK (role IN ('owner', 'developer', 'viewer'))
);
ALTER TABLE sbx.memberships ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.memberships FORCE ROW LEVEL SECURITY;
CREATE POLICY memberships_tenant_isolation ON sbx.memberships
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.memberships TO sbx_app;
