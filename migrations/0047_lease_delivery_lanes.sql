-- Which worker serves an endpoint's deliveries, and until when. A worker leased each delivery by
-- moving its due time ahead, which wrote every row, with all its index entries, once more than its
-- outcome does. Now it leases the endpoint's lane, one narrow row that it renews with each claim,
-- and only reads what it claims (docs/decisions/0027). A lane without a row is nobody's.
-- No foreign keys: a lane is taken and left many times a second.
-- Compatible: a new table. A worker of old code does not see leases of lanes; while both run, a
-- delivery may be sent by either, under the same id, as after a lease that has run out.
CREATE TABLE sbx.delivery_lanes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    -- Drawn by each worker when it starts.
    worker_id uuid NOT NULL,
    -- From then on anybody may take the lane.
    ends_at timestamptz NOT NULL,
    CONSTRAINT delivery_lanes_pkey PRIMARY KEY (tenant_id, sandbox_id, endpoint_id)
) WITH (fillfactor = 50);
ALTER TABLE sbx.delivery_lanes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.delivery_lanes FORCE ROW LEVEL SECURITY;
CREATE POLICY delivery_lanes_tenant_isolation ON sbx.delivery_lanes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.delivery_lanes TO sbx_app;
-- A worker passes over what others serve.
GRANT SELECT ON sbx.delivery_lanes TO sbx_system;
