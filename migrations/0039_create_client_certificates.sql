-- Client certificates as credentials of a sandbox. Each is the row of an API key of the kind
-- `certificate`, whose secret is the certificate in DER; its text stands here. The authority that
-- signs them is the sandbox's own; its private key is sealed under the master key, which the database
-- never sees.
-- Compatible: new tables, and a kind of key that old code never writes; old code refuses a list that
-- holds one until it is replaced.
CREATE TABLE sbx.sandbox_authorities (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    der bytea NOT NULL,
    -- AES-256-GCM over PKCS #8: nonce, ciphertext, tag.
    sealed bytea NOT NULL,
    CONSTRAINT sandbox_authorities_pkey PRIMARY KEY (tenant_id, sandbox_id),
    CONSTRAINT sandbox_authorities_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE
);
ALTER TABLE sbx.sandbox_authorities ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sandbox_authorities FORCE ROW LEVEL SECURITY;
CREATE POLICY sandbox_authorities_tenant_isolation ON sbx.sandbox_authorities
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON sbx.sandbox_authorities TO sbx_app;

ALTER TABLE sbx.api_keys DROP CONSTRAINT api_keys_kind_check;
ALTER TABLE sbx.api_keys ADD CONSTRAINT api_keys_kind_check CHECK (
    kind = 'management' AND sandbox_id IS NULL
    OR kind IN ('sandbox', 'certificate') AND sandbox_id IS NOT NULL);

CREATE TABLE sbx.client_certificates (
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    der bytea NOT NULL,
    CONSTRAINT client_certificates_pkey PRIMARY KEY (tenant_id, key_id),
    CONSTRAINT client_certificates_key_id_fkey FOREIGN KEY (tenant_id, key_id)
        REFERENCES sbx.api_keys (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX client_certificates_sandbox_id_idx
    ON sbx.client_certificates (tenant_id, sandbox_id, key_id);
ALTER TABLE sbx.client_certificates ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.client_certificates FORCE ROW LEVEL SECURITY;
CREATE POLICY client_certificates_tenant_isolation ON sbx.client_certificates
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, DELETE ON sbx.client_certificates TO sbx_app;
