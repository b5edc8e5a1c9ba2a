-- The audit log: who changed what on the platform. Written in the transaction of the change.
-- Compatible: new table only.
CREATE TABLE sbx.audit_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    -- E.g. `sandbox.create`.
    action text NOT NULL,
    -- Text form of the object's id.
    subject text NOT NULL,
    details json NOT NULL,
    CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT audit_log_details_check CHECK (octet_length(details::text) <= 4096)
);
CREATE INDEX audit_log_created_at_idx ON sbx.audit_log (tenant_id, created_at, id);
ALTER TABLE sbx.audit_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.audit_log FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_log_tenant_isolation ON sbx.audit_log
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
-- Append-only.
GRANT SELECT, INSERT ON sbx.audit_log TO sbx_app;
GRANT SELECT ON sbx.audit_log TO sbx_system;
