-- Usage: how many calls of which kind a tenant made on which (UTC) day. Gateways count in memory
-- and add what they have counted every second, so that the figures are exact whatever the request
-- log had to drop (docs/decisions/0015).
-- No foreign keys: the figures of a sandbox or a key outlive it.
-- Compatible: new tables, a nullable column, and grants to `sbx_system`.
CREATE TABLE sbx.usage_days (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    -- All zero for calls of the platform API.
    sandbox_id uuid NOT NULL,
    -- Empty where the call has none.
    contract text NOT NULL,
    operation text NOT NULL,
    scenario text NOT NULL,
    principal_kind text NOT NULL,
    -- All zero for guests and strangers.
    principal_id uuid NOT NULL,
    -- Calls by how they ended; their sum is the number of calls.
    succeeded bigint NOT NULL,
    simulated_failures bigint NOT NULL,
    refused bigint NOT NULL,
    platform_failures bigint NOT NULL,
    duration_us bigint NOT NULL,
    request_bytes bigint NOT NULL,
    response_bytes bigint NOT NULL,
    CONSTRAINT usage_days_pkey PRIMARY KEY (
        tenant_id, day, sandbox_id, contract, operation, scenario, principal_kind, principal_id)
) WITH (fillfactor = 70);
ALTER TABLE sbx.usage_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.usage_days FORCE ROW LEVEL SECURITY;
CREATE POLICY usage_days_tenant_isolation ON sbx.usage_days
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT ON sbx.usage_days TO sbx_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.usage_days TO sbx_system;

-- The last batch of each gateway that was added: one that is sent again, because nobody knows
-- whether it arrived, is not added twice. All rows belong to no tenant, whose id is all zero.
CREATE TABLE sbx.usage_writers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    batch bigint NOT NULL,
    written_at timestamptz NOT NULL,
    CONSTRAINT usage_writers_pkey PRIMARY KEY (tenant_id, id)
);
ALTER TABLE sbx.usage_writers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.usage_writers FORCE ROW LEVEL SECURITY;
CREATE POLICY usage_writers_tenant_isolation ON sbx.usage_writers
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.usage_writers TO sbx_system;

-- When a tenant's first call to one of its sandboxes' APIs succeeded.
ALTER TABLE sbx.tenants ADD COLUMN first_success_at timestamptz;
GRANT SELECT (first_success_at), UPDATE (first_success_at) ON sbx.tenants TO sbx_system;

-- What the success rate of webhooks is made of; no payload, no answer.
GRANT SELECT (created_at) ON sbx.deliveries TO sbx_system;
GRANT SELECT (succeeded, started_at) ON sbx.delivery_attempts TO sbx_system;
