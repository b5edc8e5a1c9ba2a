-- Settings of a sandbox, one JSON document a name (chaos, policy …). They stay when its world goes
-- back.
-- Compatible: new table only.
CREATE TABLE sbx.sandbox_settings (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    name text NOT NULL,
    document json NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT sandbox_settings_pkey PRIMARY KEY (tenant_id, sandbox_id, name),
    CONSTRAINT sandbox_settings_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sandbox_settings_name_check CHECK (octet_length(name) BETWEEN 1 AND 63)
);
ALTER TABLE sbx.sandbox_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sandbox_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY sandbox_settings_tenant_isolation ON sbx.sandbox_settings
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.sandbox_settings TO sbx_app;
