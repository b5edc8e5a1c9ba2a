-- What a head needs to leave its layer for another: where its layer began, and how its clock stood
-- at time zero. What a layer needs to be found when it is left: a mark for the sweep.
-- Compatible: new columns whose defaults hold for every row there is.
ALTER TABLE sbx.sandbox_heads
    -- The revision at which the head came to its layer: while it stands there, the layer is empty
    -- and branches begin below it. -1 for a layer that came with content.
    ADD COLUMN layer_revision bigint NOT NULL DEFAULT 0,
    -- Null, for sandboxes older than this column: as it stands now.
    ADD COLUMN clock_mode_at_zero text
        CONSTRAINT sandbox_heads_clock_mode_at_zero_check
        CHECK (clock_mode_at_zero IN ('running', 'frozen'));

-- Wall time at which a pointer to the layer went away, or at which its chain became long: the
-- sweep deletes what nothing points at, and shortens the rest.
ALTER TABLE sbx.layers ADD COLUMN sweep_at timestamptz;
CREATE INDEX layers_sweep_at_idx ON sbx.layers (tenant_id, sweep_at) WHERE sweep_at IS NOT NULL;
GRANT SELECT (tenant_id, id, sandbox_id, sweep_at) ON sbx.layers TO sbx_system;
