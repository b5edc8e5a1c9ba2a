-- Sandboxes and the contracts mounted on them.
-- Compatible: new tables only.
CREATE TABLE sbx.sandboxes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL,
    name text,
    state text NOT NULL,
    isolation text NOT NULL,
    -- Object of strings, in the order in which they were given.
    labels json NOT NULL,
    -- The seed it was created with; the one in use stands on the head row.
    seed bigint NOT NULL,
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT sandboxes_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT sandboxes_slug_key UNIQUE (tenant_id, slug),
    CONSTRAINT sandboxes_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE,
    CONSTRAINT sandboxes_slug_check CHECK (
        slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' AND octet_length(slug) <= 63
        AND position('--' IN slug) = 0),
    CONSTRAINT sandboxes_state_check CHECK (state IN ('ready', 'suspended')),
    CONSTRAINT sandboxes_isolation_check CHECK (isolation IN ('row', 'schema', 'database')),
    CONSTRAINT sandboxes_labels_check CHECK (json_typeof(labels) = 'object'),
    CONSTRAINT sandboxes_seed_check CHECK (seed BETWEEN 0 AND 9007199254740991)
);
ALTER TABLE sbx.sandboxes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sandboxes FORCE ROW LEVEL SECURITY;
CREATE POLICY sandboxes_tenant_isolation ON sbx.sandboxes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.sandboxes TO sbx_app;

CREATE TABLE sbx.mounts (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    version text NOT NULL,
    fidelity text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT mounts_pkey PRIMARY KEY (tenant_id, sandbox_id, contract),
    CONSTRAINT mounts_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT mounts_fidelity_check CHECK (fidelity IN ('static', 'stateful', 'domain'))
);
ALTER TABLE sbx.mounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.mounts FORCE ROW LEVEL SECURITY;
CREATE POLICY mounts_tenant_isolation ON sbx.mounts
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.mounts TO sbx_app;
