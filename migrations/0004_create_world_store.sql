-- The world store: layers, heads, entities and the change log.
--
-- A sandbox points at a head = (layer, revision). A layer has at most one parent, seen at a fixed
-- revision; below the last parent stands a golden world, which gateways keep in memory. Own writes
-- and tombstones stay in the own layer. `entities` holds a layer's newest state; a parent may have
-- moved on since it became one, so it is read from `changes` at its revision.
--
-- No foreign keys from the tables written on every call (entities, changes and, in later files,
-- ledger and events): each would look up and lock the layer's row again. They are written only
-- under the head's row lock, and deletion counts and removes them itself.
-- Compatible: new tables only.
CREATE TABLE sbx.layers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    parent_layer_id uuid,
    parent_revision bigint,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    -- 0 except in dry-run sessions, whose draws differ from the sandbox's.
    salt bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    CONSTRAINT layers_pkey PRIMARY KEY (tenant_id, id),
    -- NO ACTION on purpose: deleting a layer that others read through must fail.
    CONSTRAINT layers_parent_layer_id_fkey FOREIGN KEY (tenant_id, parent_layer_id)
        REFERENCES sbx.layers (tenant_id, id),
    CONSTRAINT layers_parent_check CHECK (
        (parent_layer_id IS NULL) = (parent_revision IS NULL))
);
CREATE INDEX layers_sandbox_id_idx ON sbx.layers (tenant_id, sandbox_id);
CREATE INDEX layers_parent_layer_id_idx ON sbx.layers (tenant_id, parent_layer_id)
    WHERE parent_layer_id IS NOT NULL;
ALTER TABLE sbx.layers ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.layers FORCE ROW LEVEL SECURITY;
CREATE POLICY layers_tenant_isolation ON sbx.layers
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.layers TO sbx_app;

CREATE TABLE sbx.sandbox_heads (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    -- The layer's ancestors, nearest first, each with the revision at which it is seen: copied
    -- from `layers` when the head moves to another layer, so that a read needs no walk.
    ancestor_ids uuid[] NOT NULL DEFAULT '{}',
    ancestor_revisions bigint[] NOT NULL DEFAULT '{}',
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    salt bigint NOT NULL DEFAULT 0,
    -- Numbers commits and never goes back.
    revision bigint NOT NULL,
    -- Numbers mutating calls and clock moves; goes back on restore.
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    -- The virtual instant at which the golden world's dates start.
    time_zero timestamptz NOT NULL,
    clock_mode text NOT NULL,
    -- Virtual minus wall, in microseconds, while running.
    clock_offset_us bigint,
    -- The virtual instant while frozen.
    clock_frozen_at timestamptz,
    -- Bumped by every move of the clock; part of the claims cache's key.
    clock_epoch bigint NOT NULL,
    CONSTRAINT sandbox_heads_pkey PRIMARY KEY (tenant_id, sandbox_id),
    CONSTRAINT sandbox_heads_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sandbox_heads_layer_id_fkey FOREIGN KEY (tenant_id, layer_id)
        REFERENCES sbx.layers (tenant_id, id),
    CONSTRAINT sandbox_heads_ancestors_check CHECK (
        cardinality(ancestor_ids) = cardinality(ancestor_revisions)),
    CONSTRAINT sandbox_heads_clock_check CHECK (
        clock_mode = 'running' AND clock_offset_us IS NOT NULL AND clock_frozen_at IS NULL
        OR clock_mode = 'frozen' AND clock_offset_us IS NULL AND clock_frozen_at IS NOT NULL)
    -- Updated by every mutating call and no indexed column changes: room for HOT updates.
) WITH (fillfactor = 50);
ALTER TABLE sbx.sandbox_heads ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sandbox_heads FORCE ROW LEVEL SECURITY;
CREATE POLICY sandbox_heads_tenant_isolation ON sbx.sandbox_heads
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.sandbox_heads TO sbx_app;

CREATE TABLE sbx.entities (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    entity_id text NOT NULL,
    -- Order of creation within the sandbox: tick × 65,536 + n. Golden entities have tick 0. It
    -- never changes, so a list's cursor stays valid and updates stay HOT.
    position bigint NOT NULL,
    revision bigint NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    -- `json`, not `jsonb`: keeps key order and the digits of numbers.
    document json,
    CONSTRAINT entities_pkey PRIMARY KEY (tenant_id, layer_id, contract, type, entity_id),
    CONSTRAINT entities_deleted_check CHECK (deleted = (document IS NULL))
) WITH (fillfactor = 85);
CREATE INDEX entities_position_idx
    ON sbx.entities (tenant_id, layer_id, contract, type, position);
ALTER TABLE sbx.entities ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.entities FORCE ROW LEVEL SECURITY;
CREATE POLICY entities_tenant_isolation ON sbx.entities
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.entities TO sbx_app;

CREATE TABLE sbx.changes (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    -- From the head row's counter, under its lock: in order, without gaps.
    revision bigint NOT NULL,
    n integer NOT NULL,
    tick bigint NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    entity_id text NOT NULL,
    position bigint NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    document json,
    CONSTRAINT changes_pkey PRIMARY KEY (tenant_id, layer_id, revision, n),
    CONSTRAINT changes_deleted_check CHECK (deleted = (document IS NULL))
);
-- The state of one entity, or of one type, of a parent layer at a revision.
CREATE INDEX changes_entity_idx
    ON sbx.changes (tenant_id, layer_id, contract, type, entity_id, revision);
ALTER TABLE sbx.changes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.changes FORCE ROW LEVEL SECURITY;
CREATE POLICY changes_tenant_isolation ON sbx.changes
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
-- Append-only: no UPDATE. Deleting a sandbox deletes its log.
GRANT SELECT, INSERT, DELETE ON sbx.changes TO sbx_app;
