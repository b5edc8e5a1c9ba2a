-- How many calls of a sandbox's present layer ran while chaos was on: what the draws of simulated
-- faults are taken from. One row a sandbox; another layer begins again at 1, so that a world that
-- was reset meets the same faults again.
-- Compatible: new table only.
CREATE TABLE sbx.fault_counters (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT fault_counters_pkey PRIMARY KEY (tenant_id, sandbox_id),
    CONSTRAINT fault_counters_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT fault_counters_calls_check CHECK (calls > 0)
);
ALTER TABLE sbx.fault_counters ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.fault_counters FORCE ROW LEVEL SECURITY;
CREATE POLICY fault_counters_tenant_isolation ON sbx.fault_counters
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.fault_counters TO sbx_app;
