-- Timers of a world, by layer: what its virtual clock fires. They go back with the layer.
-- `timers` holds a layer's newest state, `timer_changes` every state, as `entities` and `changes`
-- do; a timer that has fired or was cancelled has no `due_at` and shadows the one below it.
-- Compatible: new tables; the new column's default says what is true of every sandbox so far.
CREATE TABLE sbx.timers (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    -- Chosen by the domain, e.g. `pay_x:capture_expiry`. Timers of one instant fire in the order
    -- of its bytes.
    timer_id text COLLATE "C" NOT NULL,
    -- Virtual time.
    due_at timestamptz,
    contract text,
    type text,
    entity_id text,
    kind text,
    payload json,
    CONSTRAINT timers_pkey PRIMARY KEY (tenant_id, layer_id, timer_id),
    CONSTRAINT timers_due_at_check CHECK (
        num_nulls(due_at, contract, type, entity_id, kind, payload) IN (0, 6))
) WITH (fillfactor = 85);
CREATE INDEX timers_due_at_idx ON sbx.timers (tenant_id, layer_id, due_at, timer_id)
    WHERE due_at IS NOT NULL;
ALTER TABLE sbx.timers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.timers FORCE ROW LEVEL SECURITY;
CREATE POLICY timers_tenant_isolation ON sbx.timers
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.timers TO sbx_app;

CREATE TABLE sbx.timer_changes (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    timer_id text COLLATE "C" NOT NULL,
    revision bigint NOT NULL,
    due_at timestamptz,
    contract text,
    type text,
    entity_id text,
    kind text,
    payload json,
    CONSTRAINT timer_changes_pkey PRIMARY KEY (tenant_id, layer_id, timer_id, revision),
    CONSTRAINT timer_changes_due_at_check CHECK (
        num_nulls(due_at, contract, type, entity_id, kind, payload) IN (0, 6))
);
ALTER TABLE sbx.timer_changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.timer_changes FORCE ROW LEVEL SECURITY;
CREATE POLICY timer_changes_tenant_isolation ON sbx.timer_changes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
-- Append-only.
GRANT SELECT, INSERT, DELETE ON sbx.timer_changes TO sbx_app;

-- Whether the own layer's `timers` name every timer of the world. A branch starts without: its
-- first clock move copies the ones it inherits, so that firing thousands looks in one index only.
ALTER TABLE sbx.sandbox_heads ADD COLUMN owns_timers boolean NOT NULL DEFAULT true;
