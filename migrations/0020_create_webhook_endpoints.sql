-- Webhook endpoints of a sandbox and their signing secrets. These must be read back to sign, so
-- they are sealed under a key that the database does not know.
-- Compatible: new tables only.
CREATE TABLE sbx.webhook_endpoints (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text,
    -- Filters as given: exact types, `payment.*`, `*`.
    events text[] NOT NULL,
    -- The same as patterns of LIKE, so that fan-out is one statement.
    patterns text[] NOT NULL,
    signature_scheme text NOT NULL,
    state text NOT NULL,
    disabled_reason text,
    disabled_at timestamptz,
    -- Which clock times retries, and which one the signature's timestamp shows.
    retry_clock text NOT NULL,
    signature_clock text NOT NULL,
    -- Deliveries that one worker sends it at once; 1 keeps them in order.
    in_flight_max integer NOT NULL,
    -- Whether the URL is the sandbox's own inbox, which is reached without the network.
    is_inbox boolean NOT NULL,
    -- The faults that its deliveries are sent with.
    faults json NOT NULL,
    -- From the effect's commit to the first attempt, in microseconds; out of the fault plan.
    first_delay_us bigint NOT NULL,
    -- Start of the unbroken row of failed attempts.
    failing_since timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (tenant_id, sandbox_id, id),
    CONSTRAINT webhook_endpoints_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT webhook_endpoints_events_check CHECK (
        cardinality(events) BETWEEN 1 AND 50 AND cardinality(events) = cardinality(patterns)),
    CONSTRAINT webhook_endpoints_scheme_check CHECK (signature_scheme IN ('standard', 'stripe')),
    CONSTRAINT webhook_endpoints_clocks_check CHECK (
        retry_clock IN ('wall', 'virtual') AND signature_clock IN ('wall', 'virtual')),
    CONSTRAINT webhook_endpoints_in_flight_max_check CHECK (in_flight_max BETWEEN 1 AND 32),
    CONSTRAINT webhook_endpoints_first_delay_check CHECK (first_delay_us >= 0),
    CONSTRAINT webhook_endpoints_state_check CHECK (
        state = 'enabled' AND disabled_reason IS NULL AND disabled_at IS NULL
        OR state = 'disabled' AND disabled_reason IN ('request', 'gone', 'failing')
        AND disabled_at IS NOT NULL)
);
ALTER TABLE sbx.webhook_endpoints ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.webhook_endpoints FORCE ROW LEVEL SECURITY;
CREATE POLICY webhook_endpoints_tenant_isolation ON sbx.webhook_endpoints
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.webhook_endpoints TO sbx_app;

CREATE TABLE sbx.webhook_secrets (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    -- 1 for the first, one more with each rotation.
    number integer NOT NULL,
    -- AES-256-GCM under a master key, which the database does not know.
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    -- Null for the newest; the others sign until then.
    expires_at timestamptz,
    CONSTRAINT webhook_secrets_pkey PRIMARY KEY (tenant_id, sandbox_id, endpoint_id, number),
    CONSTRAINT webhook_secrets_endpoint_id_fkey FOREIGN KEY (tenant_id, sandbox_id, endpoint_id)
        REFERENCES sbx.webhook_endpoints (tenant_id, sandbox_id, id) ON DELETE CASCADE
);
ALTER TABLE sbx.webhook_secrets ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.webhook_secrets FORCE ROW LEVEL SECURITY;
CREATE POLICY webhook_secrets_tenant_isolation ON sbx.webhook_secrets
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.webhook_secrets TO sbx_app;
