-- Deliveries of events to webhook endpoints: at once the durable queue and the log.
--
-- A row is made in the commit of its event and carries the payload's bytes, so that it outlives
-- the event's world. `due_at` is the time of the next attempt; a worker leases a row by moving it
-- into the future, so that the rows of a worker that died become due again by themselves.
-- No foreign keys from the tables written for every event, as in the world store.
-- Compatible: new tables only.
CREATE TABLE sbx.deliveries (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    -- Wall milliseconds of the commit, number in it, hash of (endpoint, branch, event).
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    -- The branch and the commit of the event.
    layer_id uuid NOT NULL,
    revision bigint NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    -- The bytes that are signed and sent; sealed while the delivery is a dead letter.
    payload text,
    sealed_payload bytea,
    state text NOT NULL,
    -- Attempts made in all, and since it was last put into the queue.
    attempts integer NOT NULL DEFAULT 0,
    round_attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL,
    -- Due on the sandbox's clock instead, until that has come; `due_at` is infinite meanwhile.
    due_virtual timestamptz,
    last_status integer,
    last_error text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT deliveries_pkey PRIMARY KEY (tenant_id, sandbox_id, id),
    -- An event reaches an endpoint as one delivery, however often that is attempted.
    CONSTRAINT deliveries_event_key UNIQUE (tenant_id, endpoint_id, layer_id, event_id),
    -- `held`: pending, but its endpoint is disabled.
    CONSTRAINT deliveries_state_check CHECK (
        state IN ('pending', 'held', 'delivered', 'dead', 'abandoned')),
    CONSTRAINT deliveries_payload_check CHECK ((payload IS NULL) <> (sealed_payload IS NULL)),
    CONSTRAINT deliveries_dead_check CHECK (state <> 'dead' OR sealed_payload IS NOT NULL)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX deliveries_pending_idx
    ON sbx.deliveries (tenant_id, sandbox_id, endpoint_id, due_at) WHERE state = 'pending';
CREATE INDEX deliveries_virtual_idx
    ON sbx.deliveries (tenant_id, sandbox_id, due_virtual)
    WHERE state = 'pending' AND due_virtual IS NOT NULL;
CREATE INDEX deliveries_dead_idx ON sbx.deliveries (tenant_id, sandbox_id, id) WHERE state = 'dead';
ALTER TABLE sbx.deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY deliveries_tenant_isolation ON sbx.deliveries
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.deliveries TO sbx_app;
-- A worker asks which endpoints have something due, and wakes what waited for a sandbox's clock; it
-- sees no payload that way.
GRANT SELECT (tenant_id, sandbox_id, endpoint_id, state, due_at, due_virtual)
    ON sbx.deliveries TO sbx_system;
GRANT UPDATE (due_at, due_virtual) ON sbx.deliveries TO sbx_system;
GRANT SELECT (tenant_id, sandbox_id, clock_mode, clock_offset_us, clock_frozen_at)
    ON sbx.sandbox_heads TO sbx_system;

CREATE TABLE sbx.delivery_attempts (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    -- From 1.
    number integer NOT NULL,
    started_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    duration_us bigint NOT NULL,
    -- Null on a connection that was kept.
    connect_us bigint,
    succeeded boolean NOT NULL,
    status integer,
    -- Why there is no status, or why a status counts as failure.
    error text,
    -- URL and fields as sent, the fault that was simulated.
    request json NOT NULL,
    -- Status, fields and the beginning of the body; null when none came.
    response json,
    CONSTRAINT delivery_attempts_pkey PRIMARY KEY (tenant_id, sandbox_id, delivery_id, number)
);
-- What a live stream has not shown yet.
CREATE INDEX delivery_attempts_recorded_at_idx
    ON sbx.delivery_attempts (tenant_id, sandbox_id, recorded_at);
ALTER TABLE sbx.delivery_attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.delivery_attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY delivery_attempts_tenant_isolation ON sbx.delivery_attempts
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON sbx.delivery_attempts TO sbx_app;
