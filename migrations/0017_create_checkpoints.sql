-- Checkpoints: points of a world to go back to. Each copies what a head row says, so that going
-- back reads one row.
-- Compatible: new table only.
CREATE TABLE sbx.checkpoints (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    name text,
    -- Nearest first, the layer itself included, each with the revision at which it is seen. Empty:
    -- the golden world, untouched.
    layer_ids uuid[] NOT NULL,
    layer_revisions bigint[] NOT NULL,
    -- The first of `layer_ids`, which may not be deleted.
    layer_id uuid,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    revision bigint NOT NULL,
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    time_zero timestamptz NOT NULL,
    clock_mode text NOT NULL,
    -- Virtual time.
    clock_now timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT checkpoints_name_key UNIQUE (tenant_id, sandbox_id, name),
    CONSTRAINT checkpoints_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT checkpoints_layer_id_fkey FOREIGN KEY (tenant_id, layer_id)
        REFERENCES sbx.layers (tenant_id, id),
    CONSTRAINT checkpoints_layers_check CHECK (
        cardinality(layer_ids) = cardinality(layer_revisions)
        AND layer_id IS NOT DISTINCT FROM layer_ids[1]),
    CONSTRAINT checkpoints_clock_mode_check CHECK (clock_mode IN ('running', 'frozen'))
);
CREATE INDEX checkpoints_sandbox_id_idx ON sbx.checkpoints (tenant_id, sandbox_id, id);
CREATE INDEX checkpoints_layer_id_idx ON sbx.checkpoints (tenant_id, layer_id);
ALTER TABLE sbx.checkpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.checkpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY checkpoints_tenant_isolation ON sbx.checkpoints
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.checkpoints TO sbx_app;
