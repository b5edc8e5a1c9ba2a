-- One payment with the statements, and in the two round trips, that the platform itself uses.
-- Variables: base (differs between runs), n (counts), fresh (1 at first), tenant, document.
\if :fresh
BEGIN;
SELECT sbx.enter(:tenant);
SELECT id AS sandbox FROM sbx.sandboxes ORDER BY id OFFSET :client_id LIMIT 1 \gset
SELECT layer_id AS layer FROM sbx.sandbox_heads WHERE sandbox_id = :sandbox \gset
COMMIT;
\set fresh 0
\endif
\set n :n + 1
\set revision :base + :n
\set hash :revision * 64 + :client_id
\startpipeline
BEGIN;
SELECT sbx.enter(:tenant);
SELECT sbx.claim_idempotency(:hash);
SELECT r.fingerprint, r.status, r.headers, r.response, r.request_id, r.expires_at FROM sbx.sandbox_heads h JOIN sbx.idempotency_records r ON r.tenant_id = h.tenant_id AND r.sandbox_id = h.sandbox_id AND r.layer_id = h.layer_id WHERE h.tenant_id = :tenant AND h.sandbox_id = :sandbox AND r.tenant_id = :tenant AND r.dry_run_session = '' AND r.principal_id = :sandbox AND r.method = 'POST' AND r.path = '/v1/payments' AND r.key = :hash::text;
UPDATE sbx.sandbox_heads h SET revision = h.revision + 1, tick = h.tick + 1 WHERE h.tenant_id = :tenant AND h.sandbox_id = :sandbox RETURNING h.layer_id, h.revision, h.tick, h.seed, h.salt, h.time_zero, h.clock_mode, h.clock_offset_us, h.clock_frozen_at, h.clock_epoch, h.golden_name, h.golden_version, cardinality(h.ancestor_ids);
SELECT e.position, e.version, e.deleted, e.document FROM sbx.sandbox_heads h LEFT JOIN sbx.entities e ON e.tenant_id = :tenant AND e.layer_id = h.layer_id AND e.contract = 'payments' AND e.type = 'payment_method' AND e.entity_id = 'pm_card_visa' WHERE h.tenant_id = :tenant AND h.sandbox_id = :sandbox;
SELECT b.balance FROM sbx.sandbox_heads h LEFT JOIN sbx.ledger_balances b ON b.tenant_id = :tenant AND b.layer_id = h.layer_id AND b.account = 'available' AND b.currency = 'eur' WHERE h.tenant_id = :tenant AND h.sandbox_id = :sandbox;
SELECT b.balance FROM sbx.sandbox_heads h LEFT JOIN sbx.ledger_balances b ON b.tenant_id = :tenant AND b.layer_id = h.layer_id AND b.account = 'charges' AND b.currency = 'eur' WHERE h.tenant_id = :tenant AND h.sandbox_id = :sandbox;
\endpipeline
\startpipeline
INSERT INTO sbx.entities (tenant_id, layer_id, contract, type, entity_id, position, revision, version, deleted, document) VALUES (:tenant, :layer, 'payments', 'payment', 'pay_' || :revision::text, :revision::bigint * 65536, :revision, 1, false, :document) ON CONFLICT (tenant_id, layer_id, contract, type, entity_id) DO UPDATE SET revision = EXCLUDED.revision, version = EXCLUDED.version, deleted = EXCLUDED.deleted, document = EXCLUDED.document;
INSERT INTO sbx.changes (tenant_id, layer_id, revision, n, tick, contract, type, entity_id, position, version, deleted, document) VALUES (:tenant, :layer, :revision, 0, :revision, 'payments', 'payment', 'pay_' || :revision::text, :revision::bigint * 65536, 1, false, :document);
INSERT INTO sbx.ledger_entries (tenant_id, layer_id, revision, n, transaction, account, currency, amount, balance_after, cause) VALUES (:tenant, :layer, :revision, 0, 0, 'available', 'eur', 2450, 2450, 'pay');
INSERT INTO sbx.ledger_entries (tenant_id, layer_id, revision, n, transaction, account, currency, amount, balance_after, cause) VALUES (:tenant, :layer, :revision, 1, 0, 'charges', 'eur', -2450, -2450, 'pay');
INSERT INTO sbx.ledger_balances (tenant_id, layer_id, account, currency, balance, revision) VALUES (:tenant, :layer, 'available', 'eur', 2450, :revision) ON CONFLICT (tenant_id, layer_id, account, currency) DO UPDATE SET balance = EXCLUDED.balance, revision = EXCLUDED.revision;
INSERT INTO sbx.ledger_balances (tenant_id, layer_id, account, currency, balance, revision) VALUES (:tenant, :layer, 'charges', 'eur', -2450, :revision) ON CONFLICT (tenant_id, layer_id, account, currency) DO UPDATE SET balance = EXCLUDED.balance, revision = EXCLUDED.revision;
INSERT INTO sbx.events (tenant_id, layer_id, id, revision, n, contract, type, occurred_at, document) VALUES (:tenant, :layer, 'evt_' || :revision::text, :revision, 0, 'payments', 'payment.succeeded', now(), :document);
INSERT INTO sbx.idempotency_records (tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key, fingerprint, status, headers, response, request_id, created_at, expires_at) VALUES (:tenant, :sandbox, :layer, '', :sandbox, 'POST', '/v1/payments', :hash::text, decode(repeat('00', 32), 'hex'), 201, '[]', convert_to(:document, 'UTF8'), :sandbox, now(), now() + interval '1 day');
COMMIT;
\endpipeline
