-- The sum of all migrations, as PostgreSQL 15 shows it. Made by `make schema`; not run by anything.

CREATE SCHEMA sbx;

CREATE FUNCTION sbx.claim_idempotency(hash bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT pg_catalog.pg_try_advisory_xact_lock(hash) THEN
        RAISE EXCEPTION 'the first call with this key is still running' USING ERRCODE = 'SB409';
    END IF;
END
$$;

CREATE FUNCTION sbx.edge_client(wanted uuid) RETURNS TABLE(tenant_id uuid, client_id uuid, sandbox_id uuid, secret_sha256 bytea, scopes text, sandbox_slug text, sandbox_state text, sandbox_expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT
        c.tenant_id, c.client_id, c.sandbox_id, c.secret_sha256, c.scopes,
        s.slug, s.state, s.expires_at
    FROM sbx.directory_clients c
    LEFT JOIN sbx.directory_slugs s ON s.sandbox_id = c.sandbox_id
    WHERE c.client_id = wanted
$$;

CREATE FUNCTION sbx.edge_email(wanted bytea) RETURNS TABLE(tenant_id uuid, user_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT e.tenant_id, e.user_id FROM sbx.directory_emails e WHERE e.sha256 = wanted
$$;

CREATE FUNCTION sbx.edge_key(wanted bytea) RETURNS TABLE(tenant_id uuid, key_id uuid, kind text, scopes text, expires_at timestamp with time zone, revoked_at timestamp with time zone, sandbox_id uuid, sandbox_slug text, sandbox_state text, sandbox_expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT
        k.tenant_id, k.key_id, k.kind, k.scopes, k.expires_at,
        k.revoked_at, k.sandbox_id, s.slug, s.state,
        s.expires_at
    FROM sbx.directory_keys k
    LEFT JOIN sbx.directory_slugs s ON s.sandbox_id = k.sandbox_id
    WHERE k.sha256 = wanted
$$;

CREATE FUNCTION sbx.edge_sandbox(wanted uuid) RETURNS TABLE(tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.sandbox_id = wanted
$$;

CREATE FUNCTION sbx.edge_slug(wanted text) RETURNS TABLE(tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.slug = wanted
$$;

CREATE FUNCTION sbx.ensure_request_log_partitions(first date, days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    day date;
    name text;
    made integer := 0;
BEGIN
    IF days NOT BETWEEN 1 AND 32 THEN
        RAISE EXCEPTION 'days must be 1 to 32';
    END IF;
    -- Two gateways may start at the same moment.
    PERFORM pg_advisory_xact_lock(hashtextextended('sbx.request_log partitions', 0));
    FOR offset_days IN 0 .. days - 1 LOOP
        day := first + offset_days;
        name := 'request_log_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('sbx.' || name) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE sbx.%I PARTITION OF sbx.request_log FOR VALUES FROM (%L) TO (%L)',
            name, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
        EXECUTE format('ALTER TABLE sbx.%I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE sbx.%I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY %I ON sbx.%I'
            || ' USING (tenant_id = nullif(current_setting(''sbx.tenant'', true), '''')::uuid)'
            || ' WITH CHECK (tenant_id = nullif(current_setting(''sbx.tenant'', true), '''')::uuid)',
            name || '_tenant_isolation', name);
        made := made + 1;
    END LOOP;
    RETURN made;
END
$$;

CREATE FUNCTION sbx.enter(tenant uuid) RETURNS text
    LANGUAGE sql
    AS $$ SELECT pg_catalog.set_config('sbx.tenant', tenant::text, true) $$;

CREATE TABLE public.sbx_migrations (
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE sbx.api_keys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    kind text NOT NULL,
    sandbox_id uuid,
    sha256 bytea NOT NULL,
    prefix text NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_keys_kind_check CHECK ((((kind = 'management'::text) AND (sandbox_id IS NULL)) OR ((kind = 'sandbox'::text) AND (sandbox_id IS NOT NULL)))),
    CONSTRAINT api_keys_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY sbx.api_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.audit_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject text NOT NULL,
    details json NOT NULL,
    CONSTRAINT audit_log_details_check CHECK ((octet_length((details)::text) <= 4096))
);

ALTER TABLE ONLY sbx.audit_log FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.changes (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    revision bigint NOT NULL,
    n integer NOT NULL,
    tick bigint NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    entity_id text NOT NULL,
    "position" bigint NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    document json,
    CONSTRAINT changes_deleted_check CHECK ((deleted = (document IS NULL)))
);

ALTER TABLE ONLY sbx.changes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.directory_clients (
    client_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    scopes text NOT NULL
);

CREATE TABLE sbx.directory_emails (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL
);

CREATE TABLE sbx.directory_keys (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    kind text NOT NULL,
    sandbox_id uuid,
    scopes text NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone
);

CREATE TABLE sbx.directory_slugs (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    state text NOT NULL,
    expires_at timestamp with time zone
);

CREATE TABLE sbx.entities (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    entity_id text NOT NULL,
    "position" bigint NOT NULL,
    revision bigint NOT NULL,
    version bigint NOT NULL,
    deleted boolean NOT NULL,
    document json,
    CONSTRAINT entities_deleted_check CHECK ((deleted = (document IS NULL)))
)
WITH (fillfactor='85');

ALTER TABLE ONLY sbx.entities FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.events (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    id text NOT NULL,
    revision bigint NOT NULL,
    n integer NOT NULL,
    contract text NOT NULL,
    type text NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    document json NOT NULL
);

ALTER TABLE ONLY sbx.events FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.fault_counters (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT fault_counters_calls_check CHECK ((calls > 0))
);

ALTER TABLE ONLY sbx.fault_counters FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.idempotency_records (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    dry_run_session text NOT NULL,
    principal_id uuid NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status integer NOT NULL,
    headers json NOT NULL,
    response bytea NOT NULL,
    request_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT idempotency_records_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT idempotency_records_key_check CHECK (((octet_length(key) >= 1) AND (octet_length(key) <= 255)))
);

ALTER TABLE ONLY sbx.idempotency_records FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.layers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    parent_layer_id uuid,
    parent_revision bigint,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    salt bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT layers_parent_check CHECK (((parent_layer_id IS NULL) = (parent_revision IS NULL)))
);

ALTER TABLE ONLY sbx.layers FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.ledger_balances (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    account text NOT NULL,
    currency text NOT NULL,
    balance bigint NOT NULL,
    revision bigint NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY sbx.ledger_balances FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.ledger_entries (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    revision bigint NOT NULL,
    n integer NOT NULL,
    transaction integer NOT NULL,
    account text NOT NULL,
    currency text NOT NULL,
    amount bigint NOT NULL,
    balance_after bigint NOT NULL,
    cause text NOT NULL,
    CONSTRAINT ledger_entries_amount_check CHECK ((amount <> 0)),
    CONSTRAINT ledger_entries_currency_check CHECK ((currency ~ '^[a-z]{3}$'::text))
);

ALTER TABLE ONLY sbx.ledger_entries FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.memberships (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'developer'::text, 'viewer'::text])))
);

ALTER TABLE ONLY sbx.memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.mounts (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    version text NOT NULL,
    fidelity text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT mounts_fidelity_check CHECK ((fidelity = ANY (ARRAY['static'::text, 'stateful'::text, 'domain'::text])))
);

ALTER TABLE ONLY sbx.mounts FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.oauth_clients (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea NOT NULL,
    secret_prefix text NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT oauth_clients_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);

ALTER TABLE ONLY sbx.oauth_clients FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.request_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    started_at timestamp with time zone NOT NULL,
    sandbox_id uuid,
    duration_us bigint NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    contract text,
    operation text,
    status integer NOT NULL,
    code text,
    principal_kind text,
    principal_id uuid,
    trace_id bytea,
    span_id bytea,
    revision bigint,
    tick bigint,
    request_bytes bigint NOT NULL,
    response_bytes bigint NOT NULL,
    decision json NOT NULL,
    CONSTRAINT request_log_decision_check CHECK ((octet_length((decision)::text) <= 2048)),
    CONSTRAINT request_log_span_id_check CHECK ((octet_length(span_id) = 8)),
    CONSTRAINT request_log_trace_id_check CHECK ((octet_length(trace_id) = 16))
)
PARTITION BY RANGE (started_at);

ALTER TABLE ONLY sbx.request_log FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.sandbox_heads (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    ancestor_ids uuid[] DEFAULT '{}'::uuid[] NOT NULL,
    ancestor_revisions bigint[] DEFAULT '{}'::bigint[] NOT NULL,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    salt bigint DEFAULT 0 NOT NULL,
    revision bigint NOT NULL,
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    time_zero timestamp with time zone NOT NULL,
    clock_mode text NOT NULL,
    clock_offset_us bigint,
    clock_frozen_at timestamp with time zone,
    clock_epoch bigint NOT NULL,
    owns_timers boolean DEFAULT true NOT NULL,
    CONSTRAINT sandbox_heads_ancestors_check CHECK ((cardinality(ancestor_ids) = cardinality(ancestor_revisions))),
    CONSTRAINT sandbox_heads_clock_check CHECK ((((clock_mode = 'running'::text) AND (clock_offset_us IS NOT NULL) AND (clock_frozen_at IS NULL)) OR ((clock_mode = 'frozen'::text) AND (clock_offset_us IS NULL) AND (clock_frozen_at IS NOT NULL))))
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.sandbox_heads FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.sandbox_settings (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    name text NOT NULL,
    document json NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT sandbox_settings_name_check CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 63)))
);

ALTER TABLE ONLY sbx.sandbox_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.sandboxes (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    slug text NOT NULL,
    name text,
    state text NOT NULL,
    isolation text NOT NULL,
    labels json NOT NULL,
    seed bigint NOT NULL,
    expires_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT sandboxes_isolation_check CHECK ((isolation = ANY (ARRAY['row'::text, 'schema'::text, 'database'::text]))),
    CONSTRAINT sandboxes_labels_check CHECK ((json_typeof(labels) = 'object'::text)),
    CONSTRAINT sandboxes_seed_check CHECK (((seed >= 0) AND (seed <= '9007199254740991'::bigint))),
    CONSTRAINT sandboxes_slug_check CHECK (((slug ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'::text) AND (octet_length(slug) <= 63) AND (POSITION(('--'::text) IN (slug)) = 0))),
    CONSTRAINT sandboxes_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'suspended'::text])))
);

ALTER TABLE ONLY sbx.sandboxes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.tenants (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    rate_per_second integer,
    burst integer,
    in_flight integer,
    sandboxes_max integer,
    sandbox_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT tenants_limits_check CHECK (((rate_per_second > 0) AND (burst > 0) AND (in_flight > 0) AND (sandboxes_max >= 0))),
    CONSTRAINT tenants_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT tenants_sandbox_count_check CHECK ((sandbox_count >= 0))
)
WITH (fillfactor='70');

ALTER TABLE ONLY sbx.tenants FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.timer_changes (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    timer_id text NOT NULL COLLATE pg_catalog."C",
    revision bigint NOT NULL,
    due_at timestamp with time zone,
    contract text,
    type text,
    entity_id text,
    kind text,
    payload json,
    CONSTRAINT timer_changes_due_at_check CHECK ((num_nulls(due_at, contract, type, entity_id, kind, payload) = ANY (ARRAY[0, 6])))
);

ALTER TABLE ONLY sbx.timer_changes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.timers (
    tenant_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    timer_id text NOT NULL COLLATE pg_catalog."C",
    due_at timestamp with time zone,
    contract text,
    type text,
    entity_id text,
    kind text,
    payload json,
    CONSTRAINT timers_due_at_check CHECK ((num_nulls(due_at, contract, type, entity_id, kind, payload) = ANY (ARRAY[0, 6])))
)
WITH (fillfactor='85');

ALTER TABLE ONLY sbx.timers FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.users (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    password text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK (((octet_length(email) >= 3) AND (octet_length(email) <= 254)))
);

ALTER TABLE ONLY sbx.users FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.sbx_migrations
    ADD CONSTRAINT sbx_migrations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_sha256_key UNIQUE (tenant_id, sha256);

ALTER TABLE ONLY sbx.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (tenant_id, layer_id, revision, n);

ALTER TABLE ONLY sbx.directory_clients
    ADD CONSTRAINT directory_clients_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY sbx.directory_emails
    ADD CONSTRAINT directory_emails_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_keys
    ADD CONSTRAINT directory_keys_key_id_key UNIQUE (key_id);

ALTER TABLE ONLY sbx.directory_keys
    ADD CONSTRAINT directory_keys_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_slugs
    ADD CONSTRAINT directory_slugs_pkey PRIMARY KEY (slug);

ALTER TABLE ONLY sbx.directory_slugs
    ADD CONSTRAINT directory_slugs_sandbox_id_key UNIQUE (sandbox_id);

ALTER TABLE ONLY sbx.entities
    ADD CONSTRAINT entities_pkey PRIMARY KEY (tenant_id, layer_id, contract, type, entity_id);

ALTER TABLE ONLY sbx.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, layer_id, id);

ALTER TABLE ONLY sbx.fault_counters
    ADD CONSTRAINT fault_counters_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.idempotency_records
    ADD CONSTRAINT idempotency_records_pkey PRIMARY KEY (tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key);

ALTER TABLE ONLY sbx.layers
    ADD CONSTRAINT layers_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.ledger_balances
    ADD CONSTRAINT ledger_balances_pkey PRIMARY KEY (tenant_id, layer_id, account, currency);

ALTER TABLE ONLY sbx.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (tenant_id, layer_id, revision, n);

ALTER TABLE ONLY sbx.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (tenant_id, user_id);

ALTER TABLE ONLY sbx.mounts
    ADD CONSTRAINT mounts_pkey PRIMARY KEY (tenant_id, sandbox_id, contract);

ALTER TABLE ONLY sbx.oauth_clients
    ADD CONSTRAINT oauth_clients_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.request_log
    ADD CONSTRAINT request_log_pkey PRIMARY KEY (tenant_id, id, started_at);

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.sandbox_settings
    ADD CONSTRAINT sandbox_settings_pkey PRIMARY KEY (tenant_id, sandbox_id, name);

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_slug_key UNIQUE (tenant_id, slug);

ALTER TABLE ONLY sbx.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY sbx.timer_changes
    ADD CONSTRAINT timer_changes_pkey PRIMARY KEY (tenant_id, layer_id, timer_id, revision);

ALTER TABLE ONLY sbx.timers
    ADD CONSTRAINT timers_pkey PRIMARY KEY (tenant_id, layer_id, timer_id);

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_email_key UNIQUE (tenant_id, email);

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id);

CREATE INDEX api_keys_sandbox_id_idx ON sbx.api_keys USING btree (tenant_id, sandbox_id);

CREATE INDEX audit_log_created_at_idx ON sbx.audit_log USING btree (tenant_id, created_at, id);

CREATE INDEX changes_entity_idx ON sbx.changes USING btree (tenant_id, layer_id, contract, type, entity_id, revision);

CREATE INDEX directory_clients_sandbox_id_idx ON sbx.directory_clients USING btree (sandbox_id);

CREATE INDEX directory_keys_sandbox_id_idx ON sbx.directory_keys USING btree (sandbox_id) WHERE (sandbox_id IS NOT NULL);

CREATE INDEX directory_slugs_expires_at_idx ON sbx.directory_slugs USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX entities_position_idx ON sbx.entities USING btree (tenant_id, layer_id, contract, type, "position");

CREATE INDEX events_revision_idx ON sbx.events USING btree (tenant_id, layer_id, revision, n);

CREATE INDEX layers_parent_layer_id_idx ON sbx.layers USING btree (tenant_id, parent_layer_id) WHERE (parent_layer_id IS NOT NULL);

CREATE INDEX layers_sandbox_id_idx ON sbx.layers USING btree (tenant_id, sandbox_id);

CREATE INDEX ledger_entries_account_idx ON sbx.ledger_entries USING btree (tenant_id, layer_id, account, currency, revision, n);

CREATE INDEX oauth_clients_sandbox_id_idx ON sbx.oauth_clients USING btree (tenant_id, sandbox_id);

CREATE INDEX request_log_sandbox_id_idx ON ONLY sbx.request_log USING btree (tenant_id, sandbox_id, started_at);

CREATE INDEX request_log_trace_id_idx ON ONLY sbx.request_log USING btree (tenant_id, trace_id);

CREATE INDEX timers_due_at_idx ON sbx.timers USING btree (tenant_id, layer_id, due_at, timer_id) WHERE (due_at IS NOT NULL);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.fault_counters
    ADD CONSTRAINT fault_counters_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.layers
    ADD CONSTRAINT layers_parent_layer_id_fkey FOREIGN KEY (tenant_id, parent_layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES sbx.users(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.mounts
    ADD CONSTRAINT mounts_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.oauth_clients
    ADD CONSTRAINT oauth_clients_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_layer_id_fkey FOREIGN KEY (tenant_id, layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_settings
    ADD CONSTRAINT sandbox_settings_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE sbx.api_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_keys_tenant_isolation ON sbx.api_keys USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_log_tenant_isolation ON sbx.audit_log USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY changes_tenant_isolation ON sbx.changes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_clients ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_clients_tenant_isolation ON sbx.directory_clients USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_emails ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_emails_tenant_isolation ON sbx.directory_emails USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_keys_tenant_isolation ON sbx.directory_keys USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_slugs ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_slugs_tenant_isolation ON sbx.directory_slugs USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.entities ENABLE ROW LEVEL SECURITY;

CREATE POLICY entities_tenant_isolation ON sbx.entities USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY events_tenant_isolation ON sbx.events USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.fault_counters ENABLE ROW LEVEL SECURITY;

CREATE POLICY fault_counters_tenant_isolation ON sbx.fault_counters USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.idempotency_records ENABLE ROW LEVEL SECURITY;

CREATE POLICY idempotency_records_tenant_isolation ON sbx.idempotency_records USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.layers ENABLE ROW LEVEL SECURITY;

CREATE POLICY layers_tenant_isolation ON sbx.layers USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.ledger_balances ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_balances_tenant_isolation ON sbx.ledger_balances USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.ledger_entries ENABLE ROW LEVEL SECURITY;

CREATE POLICY ledger_entries_tenant_isolation ON sbx.ledger_entries USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.memberships ENABLE ROW LEVEL SECURITY;

CREATE POLICY memberships_tenant_isolation ON sbx.memberships USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.mounts ENABLE ROW LEVEL SECURITY;

CREATE POLICY mounts_tenant_isolation ON sbx.mounts USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.oauth_clients ENABLE ROW LEVEL SECURITY;

CREATE POLICY oauth_clients_tenant_isolation ON sbx.oauth_clients USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.request_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY request_log_tenant_isolation ON sbx.request_log USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_heads_tenant_isolation ON sbx.sandbox_heads USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_settings_tenant_isolation ON sbx.sandbox_settings USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandboxes ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandboxes_tenant_isolation ON sbx.sandboxes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.tenants ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenants_tenant_isolation ON sbx.tenants USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.timer_changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY timer_changes_tenant_isolation ON sbx.timer_changes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.timers ENABLE ROW LEVEL SECURITY;

CREATE POLICY timers_tenant_isolation ON sbx.timers USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_tenant_isolation ON sbx.users USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

GRANT USAGE ON SCHEMA sbx TO sbx_app;
GRANT USAGE ON SCHEMA sbx TO sbx_edge;
GRANT USAGE ON SCHEMA sbx TO sbx_system;

REVOKE ALL ON FUNCTION sbx.claim_idempotency(hash bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.claim_idempotency(hash bigint) TO sbx_app;

REVOKE ALL ON FUNCTION sbx.edge_client(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_client(wanted uuid) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_email(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_email(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_key(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_key(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_sandbox(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_sandbox(wanted uuid) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_slug(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_slug(wanted text) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.ensure_request_log_partitions(first date, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.ensure_request_log_partitions(first date, days integer) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.enter(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.enter(tenant uuid) TO sbx_app;
GRANT ALL ON FUNCTION sbx.enter(tenant uuid) TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.api_keys TO sbx_app;

GRANT SELECT,INSERT ON TABLE sbx.audit_log TO sbx_app;
GRANT SELECT ON TABLE sbx.audit_log TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.changes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_clients TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_emails TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_keys TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_slugs TO sbx_app;
GRANT SELECT ON TABLE sbx.directory_slugs TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.entities TO sbx_app;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.events TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.fault_counters TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.idempotency_records TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.layers TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.ledger_balances TO sbx_app;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.ledger_entries TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.memberships TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.mounts TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.oauth_clients TO sbx_app;

GRANT SELECT,DELETE ON TABLE sbx.request_log TO sbx_app;
GRANT SELECT,INSERT ON TABLE sbx.request_log TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandbox_heads TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandbox_settings TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandboxes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.tenants TO sbx_app;

GRANT SELECT(tenant_id) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(name) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(rate_per_second),UPDATE(rate_per_second) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(burst),UPDATE(burst) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(in_flight),UPDATE(in_flight) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(sandboxes_max),UPDATE(sandboxes_max) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(sandbox_count) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(created_at) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.timer_changes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.timers TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.users TO sbx_app;

ALTER DEFAULT PRIVILEGES FOR ROLE sbx_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

