-- The built-in webhook receiver of a sandbox, `{slug}.D/_inbox`: what it received, newest kept.
-- Compatible: new tables only.
CREATE TABLE sbx.inbox_messages (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    headers json NOT NULL,
    body bytea NOT NULL,
    -- What the signature came to, under the secret that the inbox was told.
    verification text NOT NULL,
    CONSTRAINT inbox_messages_pkey PRIMARY KEY (tenant_id, sandbox_id, id),
    CONSTRAINT inbox_messages_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT inbox_messages_verification_check CHECK (
        verification IN ('unchecked', 'unsigned', 'valid', 'stale', 'invalid'))
);
ALTER TABLE sbx.inbox_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.inbox_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY inbox_messages_tenant_isolation ON sbx.inbox_messages
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.inbox_messages TO sbx_app;

CREATE TABLE sbx.inbox_settings (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sealed_secret bytea,
    -- What it answers.
    status integer NOT NULL,
    CONSTRAINT inbox_settings_pkey PRIMARY KEY (tenant_id, sandbox_id),
    CONSTRAINT inbox_settings_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT inbox_settings_status_check CHECK (status BETWEEN 200 AND 599)
);
ALTER TABLE sbx.inbox_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.inbox_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY inbox_settings_tenant_isolation ON sbx.inbox_settings
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.inbox_settings TO sbx_app;
