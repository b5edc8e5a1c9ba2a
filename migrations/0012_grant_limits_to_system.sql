-- The operator lists tenants and sets their limits as `sbx_system`, which sees every tenant: it
-- gets these columns and no others.
-- Compatible: grants only.
GRANT SELECT (
    tenant_id, name, rate_per_second, burst, in_flight, sandboxes_max, sandbox_count, created_at)
    ON sbx.tenants TO sbx_system;
GRANT UPDATE (rate_per_second, burst, in_flight, sandboxes_max) ON sbx.tenants TO sbx_system;
