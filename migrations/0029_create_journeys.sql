-- Journeys: plans that are kept to be run, and their runs with what each step did.
-- Compatible: new tables only.
CREATE TABLE sbx.journeys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    -- The words that were planned; null for a journey given as steps.
    text text,
    -- Hash of the plan: planning the same again finds the same journey.
    plan_hash text NOT NULL,
    -- The plan as it was answered.
    plan json NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT journeys_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT journeys_plan_hash_key UNIQUE (tenant_id, sandbox_id, plan_hash),
    CONSTRAINT journeys_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX journeys_sandbox_id_idx ON sbx.journeys (tenant_id, sandbox_id, id);
ALTER TABLE sbx.journeys ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.journeys FORCE ROW LEVEL SECURITY;
CREATE POLICY journeys_tenant_isolation ON sbx.journeys
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.journeys TO sbx_app;

-- A run carries all that it needs, so that it outlives its journey.
CREATE TABLE sbx.journey_runs (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    -- Id of a journey, or name of one that comes with the platform.
    journey text NOT NULL,
    -- What was asked for beside the journey.
    inputs json NOT NULL,
    -- The steps as they are run, and what each has done so far.
    steps json NOT NULL,
    records json NOT NULL,
    status text NOT NULL,
    -- The run whose first steps are taken over, and the first step that is not.
    rerun_of uuid,
    from_step integer NOT NULL,
    created_at timestamptz NOT NULL,
    finished_at timestamptz,
    -- Wall time until which whoever runs it is believed to live.
    lease_until timestamptz NOT NULL,
    CONSTRAINT journey_runs_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT journey_runs_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT journey_runs_status_check
        CHECK (status IN ('running', 'succeeded', 'failed', 'interrupted')),
    CONSTRAINT journey_runs_finished_check CHECK ((status = 'running') = (finished_at IS NULL))
);
-- Two runs at once would go back and forth in one world.
CREATE UNIQUE INDEX journey_runs_running_idx ON sbx.journey_runs (tenant_id, sandbox_id)
    WHERE status = 'running';
CREATE INDEX journey_runs_sandbox_id_idx ON sbx.journey_runs (tenant_id, sandbox_id, id);
ALTER TABLE sbx.journey_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.journey_runs FORCE ROW LEVEL SECURITY;
CREATE POLICY journey_runs_tenant_isolation ON sbx.journey_runs
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.journey_runs TO sbx_app;
