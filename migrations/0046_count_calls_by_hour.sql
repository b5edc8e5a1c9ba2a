-- Calls of a sandbox by hour (UTC), for the chart above its list of requests: the figures by day are
-- too coarse to find a moment in, and the log is too long to be counted for a page.
-- Written with the figures by day, in the same transaction; kept for eight days.
-- Compatible: a new table and its grants.
CREATE TABLE sbx.usage_hours (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    hour timestamptz NOT NULL,
    -- Calls by how they ended; their sum is the number of calls.
    succeeded bigint NOT NULL,
    simulated_failures bigint NOT NULL,
    refused bigint NOT NULL,
    platform_failures bigint NOT NULL,
    CONSTRAINT usage_hours_pkey PRIMARY KEY (tenant_id, sandbox_id, hour)
) WITH (fillfactor = 70);
ALTER TABLE sbx.usage_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.usage_hours FORCE ROW LEVEL SECURITY;
CREATE POLICY usage_hours_tenant_isolation ON sbx.usage_hours
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT ON sbx.usage_hours TO sbx_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.usage_hours TO sbx_system;
