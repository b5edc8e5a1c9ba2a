-- Quotas of a day and a month: how many calls a tenant may make, and how many it has made. Days are
-- those of UTC. Gateways add what they have admitted once a second.
-- Compatible: nullable columns and a new table; old code neither counts nor refuses.
ALTER TABLE sbx.tenants ADD COLUMN calls_per_day bigint;
ALTER TABLE sbx.tenants ADD COLUMN calls_per_month bigint;
ALTER TABLE sbx.tenants ADD CONSTRAINT tenants_quotas_check CHECK (
    calls_per_day >= 0 AND calls_per_month >= 0);
GRANT SELECT (calls_per_day, calls_per_month), UPDATE (calls_per_day, calls_per_month)
    ON sbx.tenants TO sbx_system;

CREATE TABLE sbx.call_counts (
    tenant_id uuid NOT NULL,
    period text NOT NULL,
    starts_on date NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT call_counts_pkey PRIMARY KEY (tenant_id, period, starts_on),
    CONSTRAINT call_counts_period_check CHECK (period IN ('day', 'month'))
) WITH (fillfactor = 50);
ALTER TABLE sbx.call_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.call_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY call_counts_tenant_isolation ON sbx.call_counts
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT ON sbx.call_counts TO sbx_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.call_counts TO sbx_system;
