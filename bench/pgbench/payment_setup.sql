-- One tenant and sixteen sandboxes in a copy of the schema. The foreign keys' checks are off: the
-- tables above these rows have nothing to do with what is measured.
SET session_replication_role = replica;
INSERT INTO sbx.sandboxes (
    tenant_id, id, slug, state, isolation, labels, seed, created_at, updated_at)
SELECT '00000000-0000-4000-8000-000000000001', gen_random_uuid(), 'bench-' || i, 'ready', 'row',
    '{}', i, now(), now()
FROM generate_series(1, 16) i;
INSERT INTO sbx.layers (tenant_id, id, sandbox_id, golden_name, golden_version, created_at)
SELECT tenant_id, gen_random_uuid(), id, 'standard', 1, now() FROM sbx.sandboxes;
INSERT INTO sbx.sandbox_heads (
    tenant_id, sandbox_id, layer_id, golden_name, golden_version, revision, tick, seed, time_zero,
    clock_mode, clock_offset_us, clock_epoch)
SELECT tenant_id, sandbox_id, id, 'standard', 1, 0, 0, 1, now(), 'running', 0, 0 FROM sbx.layers;
