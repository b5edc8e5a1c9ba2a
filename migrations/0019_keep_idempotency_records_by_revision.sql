-- Idempotency records get the revision of their commit, so that a branch finds those that were
-- there where it began and no later ones, also where a key was used again after its time.
-- Compatible for reading. Code before this migration names the old key when it stores a record and
-- gets an error: a call with an Idempotency-Key is then undone and answered 500, never run twice.
ALTER TABLE sbx.idempotency_records ADD COLUMN revision bigint NOT NULL DEFAULT 0;
ALTER TABLE sbx.idempotency_records DROP CONSTRAINT idempotency_records_pkey;
ALTER TABLE sbx.idempotency_records ADD CONSTRAINT idempotency_records_pkey PRIMARY KEY (
    tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key, revision);
