-- Several gateways in front of one database share a tenant's limits. Which gateways live stands in
-- one table; from a bucket they take slices; calls in flight are counted by slots, leases that end
-- unless they are renewed. A gateway that is alone uses none of this.
-- Compatible: new tables and a function only; gateways that run old code go on counting for
-- themselves until they are replaced.

-- Every gateway says each second that it lives. On Citus a reference table.
CREATE TABLE sbx.directory_gateways (
    id uuid NOT NULL,
    seen_at timestamptz NOT NULL,
    CONSTRAINT directory_gateways_pkey PRIMARY KEY (id)
) WITH (fillfactor = 50);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_gateways TO sbx_system;

-- A bucket of the generic cell rate algorithm. Unlogged: a crash of the database forgets it, after
-- which it is full again, and taking from it waits for no disk.
CREATE UNLOGGED TABLE sbx.rate_buckets (
    tenant_id uuid NOT NULL,
    -- Whose it is: the tenant's id, or that of a key, a client or a user.
    bucket_id uuid NOT NULL,
    -- When the next call would come if all came evenly; nanoseconds since 1970 by the database's
    -- clock, which all gateways share.
    arrival_ns bigint NOT NULL,
    -- What the last slice held.
    granted bigint NOT NULL,
    CONSTRAINT rate_buckets_pkey PRIMARY KEY (tenant_id, bucket_id)
) WITH (fillfactor = 50);
ALTER TABLE sbx.rate_buckets ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.rate_buckets FORCE ROW LEVEL SECURITY;
CREATE POLICY rate_buckets_tenant_isolation ON sbx.rate_buckets
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON sbx.rate_buckets TO sbx_app;
-- Buckets that are long full again are swept.
GRANT SELECT, DELETE ON sbx.rate_buckets TO sbx_system;

-- Calls that a bucket would admit at once: the time that is left until it is empty, in calls.
CREATE FUNCTION sbx.bucket_tokens(
    arrival_ns bigint, now_ns bigint, interval_ns bigint, burst bigint)
RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
AS $$
    SELECT greatest(burst * interval_ns - greatest(arrival_ns - now_ns, 0), 0) / interval_ns
$$;
GRANT EXECUTE ON FUNCTION sbx.bucket_tokens(bigint, bigint, bigint, bigint) TO sbx_app;

-- How many calls of a tenant a gateway may run at once. The row under the gateway of all zeros is
-- the tenant's lock: slots are taken by one gateway at a time.
CREATE UNLOGGED TABLE sbx.flight_slots (
    tenant_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    slots bigint NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT flight_slots_pkey PRIMARY KEY (tenant_id, gateway_id),
    CONSTRAINT flight_slots_slots_check CHECK (slots >= 0)
) WITH (fillfactor = 50);
ALTER TABLE sbx.flight_slots ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.flight_slots FORCE ROW LEVEL SECURITY;
CREATE POLICY flight_slots_tenant_isolation ON sbx.flight_slots
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE ON sbx.flight_slots TO sbx_app;
GRANT SELECT, UPDATE, DELETE ON sbx.flight_slots TO sbx_system;
