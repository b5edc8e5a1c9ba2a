-- Heads of dry-run sessions: layers over a sandbox's world on which calls run for real and which
-- are thrown away or carried over. The columns are those of `sandbox_heads`, so that the same
-- statements run on both.
-- Compatible: new table only.
CREATE TABLE sbx.dry_run_heads (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    -- As the client named its session.
    name text NOT NULL,
    layer_id uuid NOT NULL,
    ancestor_ids uuid[] NOT NULL,
    ancestor_revisions bigint[] NOT NULL,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    -- 0 for previews, which must draw what the sandbox itself would.
    salt bigint NOT NULL,
    revision bigint NOT NULL,
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    time_zero timestamptz NOT NULL,
    clock_mode text NOT NULL,
    clock_offset_us bigint,
    clock_frozen_at timestamptz,
    clock_epoch bigint NOT NULL,
    owns_timers boolean NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT dry_run_heads_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT dry_run_heads_name_key UNIQUE (tenant_id, sandbox_id, name),
    CONSTRAINT dry_run_heads_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT dry_run_heads_layer_id_fkey FOREIGN KEY (tenant_id, layer_id)
        REFERENCES sbx.layers (tenant_id, id),
    CONSTRAINT dry_run_heads_name_check CHECK (octet_length(name) BETWEEN 1 AND 255),
    CONSTRAINT dry_run_heads_ancestors_check CHECK (
        cardinality(ancestor_ids) = cardinality(ancestor_revisions)),
    CONSTRAINT dry_run_heads_clock_check CHECK (
        clock_mode = 'running' AND clock_offset_us IS NOT NULL AND clock_frozen_at IS NULL
        OR clock_mode = 'frozen' AND clock_offset_us IS NULL AND clock_frozen_at IS NOT NULL)
) WITH (fillfactor = 50);
CREATE INDEX dry_run_heads_layer_id_idx ON sbx.dry_run_heads (tenant_id, layer_id);
ALTER TABLE sbx.dry_run_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.dry_run_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY dry_run_heads_tenant_isolation ON sbx.dry_run_heads
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.dry_run_heads TO sbx_app;
-- Deleting a layer asks for heads that stand on it.
CREATE INDEX sandbox_heads_layer_id_idx ON sbx.sandbox_heads (tenant_id, layer_id);
