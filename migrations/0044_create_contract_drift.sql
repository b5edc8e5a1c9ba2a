-- How often a sandbox's upstream has answered an operation otherwise than its contract says, and
-- what the last such answer had wrong.
-- Compatible: a new table; old code calls no upstream.
CREATE TABLE sbx.contract_drift (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    operation text NOT NULL,
    answers bigint NOT NULL,
    drifted bigint NOT NULL,
    -- Of the last answer that drifted, as faults are published; null until one has.
    findings jsonb,
    drifted_at timestamptz,
    answered_at timestamptz NOT NULL,
    CONSTRAINT contract_drift_pkey PRIMARY KEY (tenant_id, sandbox_id, contract, operation),
    CONSTRAINT contract_drift_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT contract_drift_count_check CHECK (drifted BETWEEN 0 AND answers),
    CONSTRAINT contract_drift_findings_check CHECK (
        (drifted = 0) = (findings IS NULL) AND (drifted = 0) = (drifted_at IS NULL))
);
ALTER TABLE sbx.contract_drift ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.contract_drift FORCE ROW LEVEL SECURITY;
CREATE POLICY contract_drift_tenant_isolation ON sbx.contract_drift
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.contract_drift TO sbx_app;
