-- Contracts that tenants have imported, and which of them a mount serves.
-- Compatible: a new table, and a column that is null for the contracts that come with the platform.
CREATE TABLE sbx.contracts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    -- As hosts and paths write it.
    name text NOT NULL,
    -- Counts the imports of a name; each is a row of its own, so that what is mounted never changes.
    revision integer NOT NULL,
    -- As the document says, or as was asked for.
    version text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    operations integer NOT NULL,
    -- The document's bytes as they were sent, and their hash.
    source bytea NOT NULL,
    source_sha256 bytea NOT NULL,
    -- What was found wrong with it, and left it usable.
    warnings json NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT contracts_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT contracts_name_key UNIQUE (tenant_id, name, revision),
    CONSTRAINT contracts_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE,
    CONSTRAINT contracts_name_check CHECK (
        name ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' AND octet_length(name) <= 21
        AND position('--' IN name) = 0)
);
ALTER TABLE sbx.contracts ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.contracts FORCE ROW LEVEL SECURITY;
CREATE POLICY contracts_tenant_isolation ON sbx.contracts
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
-- UPDATE is for row locks only: no statement changes a row.
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.contracts TO sbx_app;

ALTER TABLE sbx.mounts ADD COLUMN contract_id uuid;
-- NO ACTION: a contract that is served cannot be deleted.
ALTER TABLE sbx.mounts ADD CONSTRAINT mounts_contract_id_fkey
    FOREIGN KEY (tenant_id, contract_id) REFERENCES sbx.contracts (tenant_id, id);
CREATE INDEX mounts_contract_id_idx ON sbx.mounts (tenant_id, contract_id)
    WHERE contract_id IS NOT NULL;
