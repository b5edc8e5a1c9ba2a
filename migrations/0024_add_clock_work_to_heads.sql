-- What the virtual clock has to do, and when somebody must look after it.
-- Compatible: new columns whose defaults hold for every row there is.
ALTER TABLE sbx.sandbox_heads
    -- Wall time at which the next timer of a running clock comes due, or until which whoever moves
    -- the clock is believed to live. Never too late; too early costs one look.
    ADD COLUMN wake_at timestamptz,
    -- While the clock is moved: where to. Whoever finds it and nobody at work goes on.
    ADD COLUMN advance json,
    -- Whether the daily jobs of the mounted contracts stand among the timers.
    ADD COLUMN has_jobs boolean NOT NULL DEFAULT false,
    -- Wall time until which a worker has this clock to itself.
    ADD COLUMN clock_claimed_until timestamptz;
CREATE INDEX sandbox_heads_wake_at_idx ON sbx.sandbox_heads (tenant_id, wake_at)
    WHERE wake_at IS NOT NULL;
-- The claim, across tenants; the work itself is done as `sbx_app` under the tenant.
GRANT SELECT (tenant_id, sandbox_id, wake_at, clock_claimed_until), UPDATE (clock_claimed_until)
    ON sbx.sandbox_heads TO sbx_system;

-- Sessions have the columns because the same statements run on both; nobody wakes them.
ALTER TABLE sbx.dry_run_heads
    ADD COLUMN wake_at timestamptz,
    ADD COLUMN advance json,
    ADD COLUMN has_jobs boolean NOT NULL DEFAULT false,
    ADD COLUMN clock_claimed_until timestamptz;
