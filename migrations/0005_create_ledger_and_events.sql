-- The double-entry ledger and the simulated events of a world, by layer.
-- Debits are positive, credits negative; a transaction sums to zero in each currency, checked
-- before it is written. Each entry keeps the balance after it, so that a parent layer's balance
-- at a revision is one index look-up.
-- Compatible: new tables only.
CREATE TABLE sbx.ledger_entries (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    revision bigint NOT NULL,
    n integer NOT NULL,
    -- Numbers the transactions of one commit, from 0.
    transaction integer NOT NULL,
    account text NOT NULL,
    currency text NOT NULL,
    -- Minor units.
    amount bigint NOT NULL,
    balance_after bigint NOT NULL,
    -- The entity that caused it.
    cause text NOT NULL,
    CONSTRAINT ledger_entries_pkey PRIMARY KEY (tenant_id, layer_id, revision, n),
    CONSTRAINT ledger_entries_amount_check CHECK (amount <> 0),
    CONSTRAINT ledger_entries_currency_check CHECK (currency ~ '^[a-z]{3}$')
);
CREATE INDEX ledger_entries_account_idx
    ON sbx.ledger_entries (tenant_id, layer_id, account, currency, revision, n);
ALTER TABLE sbx.ledger_entries ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.ledger_entries FORCE ROW LEVEL SECURITY;
CREATE POLICY ledger_entries_tenant_isolation ON sbx.ledger_entries
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON sbx.ledger_entries TO sbx_app;

CREATE TABLE sbx.ledger_balances (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    account text NOT NULL,
    currency text NOT NULL,
    balance bigint NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT ledger_balances_pkey PRIMARY KEY (tenant_id, layer_id, account, currency)
) WITH (fillfactor = 70);
ALTER TABLE sbx.ledger_balances ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.ledger_balances FORCE ROW LEVEL SECURITY;
CREATE POLICY ledger_balances_tenant_isolation ON sbx.ledger_balances
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.ledger_balances TO sbx_app;

CREATE TABLE sbx.events (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    -- Drawn, `evt_…`, unique within the sandbox.
    id text NOT NULL,
    revision bigint NOT NULL,
    n integer NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    -- Virtual time.
    occurred_at timestamptz NOT NULL,
    document json NOT NULL,
    CONSTRAINT events_pkey PRIMARY KEY (tenant_id, layer_id, id)
);
CREATE INDEX events_revision_idx ON sbx.events (tenant_id, layer_id, revision, n);
ALTER TABLE sbx.events ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.events FORCE ROW LEVEL SECURITY;
CREATE POLICY events_tenant_isolation ON sbx.events
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON sbx.events TO sbx_app;
