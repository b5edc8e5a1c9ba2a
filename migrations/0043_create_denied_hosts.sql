-- Hosts of a tenant's own, its production systems above all, to which nothing may go from here.
-- Compatible: a new table; old code knows no such list.
CREATE TABLE sbx.denied_hosts (
    tenant_id uuid NOT NULL,
    -- Names, names with all below them, addresses and ranges, in lower case.
    hosts text[] NOT NULL,
    CONSTRAINT denied_hosts_pkey PRIMARY KEY (tenant_id),
    CONSTRAINT denied_hosts_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE
);
ALTER TABLE sbx.denied_hosts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.denied_hosts FORCE ROW LEVEL SECURITY;
CREATE POLICY denied_hosts_tenant_isolation ON sbx.denied_hosts
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON sbx.denied_hosts TO sbx_app;
