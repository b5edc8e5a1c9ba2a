-- The sum of all migrations, as PostgreSQL 15 shows it. Made by `make schema`; not run by anything.

CREATE SCHEMA sbx;

CREATE FUNCTION sbx.audit_record(tenant_id uuid, sequence bigint, id uuid, created_at timestamp with time zone, actor_kind text, actor_id uuid, action text, subject text, request_id uuid, details json) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT json_build_array(
        tenant_id, sequence, id,
        (extract(epoch FROM created_at AT TIME ZONE 'UTC') * 1000000)::bigint,
        actor_kind, actor_id, action, subject, request_id, details)::text
$$;

CREATE FUNCTION sbx.audit_sha256(previous bytea, record text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ SELECT sha256(previous || convert_to(record, 'UTF8')) $$;

CREATE FUNCTION sbx.bucket_tokens(arrival_ns bigint, now_ns bigint, interval_ns bigint, burst bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT greatest(burst * interval_ns - greatest(arrival_ns - now_ns, 0), 0) / interval_ns
$$;

CREATE FUNCTION sbx.claim_idempotency(hash bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF NOT pg_catalog.pg_try_advisory_xact_lock(hash) THEN
        RAISE EXCEPTION 'the first call with this key is still running' USING ERRCODE = 'SB409';
    END IF;
END
$$;

CREATE FUNCTION sbx.drop_partitions(parent text, kept date) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    name text;
    dropped integer := 0;
BEGIN
    IF parent NOT IN ('request_log', 'spans') OR kept > current_date THEN
        RAISE EXCEPTION 'partitions are of request_log or spans, of days that are over';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('sbx.' || parent || ' partitions', 0));
    FOR name IN
        SELECT c.relname
        FROM pg_catalog.pg_inherits i
        JOIN pg_catalog.pg_class c ON c.oid = i.inhrelid
        WHERE i.inhparent = ('sbx.' || parent)::regclass
            AND c.relname < parent || '_' || to_char(kept, 'YYYYMMDD')
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP TABLE sbx.%I', name);
        dropped := dropped + 1;
    END LOOP;
    RETURN dropped;
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

CREATE FUNCTION sbx.edge_invitation(wanted bytea) RETURNS TABLE(tenant_id uuid, invitation_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT i.tenant_id, i.invitation_id FROM sbx.directory_invitations i WHERE i.sha256 = wanted
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

CREATE FUNCTION sbx.edge_key_role(wanted bytea) RETURNS TABLE(role text, grants json)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ SELECT k.role, k.grants FROM sbx.directory_keys k WHERE k.sha256 = wanted $$;

CREATE FUNCTION sbx.edge_sandbox(wanted uuid) RETURNS TABLE(tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.sandbox_id = wanted
$$;

CREATE FUNCTION sbx.edge_session(wanted bytea) RETURNS TABLE(tenant_id uuid, session_id uuid, user_id uuid, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.tenant_id, s.session_id, s.user_id, s.expires_at
    FROM sbx.directory_sessions s
    WHERE s.sha256 = wanted
$$;

CREATE FUNCTION sbx.edge_slug(wanted text) RETURNS TABLE(tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.slug = wanted
$$;

CREATE FUNCTION sbx.edge_user_code(wanted text) RETURNS TABLE(tenant_id uuid, sandbox_id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    SELECT c.tenant_id, c.sandbox_id FROM sbx.directory_user_codes c WHERE c.user_code = wanted
$$;

CREATE FUNCTION sbx.ensure_partitions(parent text, first date, days integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
DECLARE
    day date;
    name text;
    made integer := 0;
BEGIN
    IF parent NOT IN ('request_log', 'spans') OR days NOT BETWEEN 1 AND 32 THEN
        RAISE EXCEPTION 'partitions are of request_log or spans, for 1 to 32 days';
    END IF;
    -- Two gateways may start at the same moment.
    PERFORM pg_advisory_xact_lock(hashtextextended('sbx.' || parent || ' partitions', 0));
    FOR offset_days IN 0 .. days - 1 LOOP
        day := first + offset_days;
        name := parent || '_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('sbx.' || name) IS NOT NULL;
        EXECUTE format(
            'CREATE TABLE sbx.%I PARTITION OF sbx.%I FOR VALUES FROM (%L) TO (%L)',
            name, parent, day::text || ' 00:00:00+00', (day + 1)::text || ' 00:00:00+00');
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
    role text DEFAULT 'owner'::text NOT NULL,
    user_id uuid,
    CONSTRAINT api_keys_kind_check CHECK ((((kind = 'management'::text) AND (sandbox_id IS NULL)) OR ((kind = ANY (ARRAY['sandbox'::text, 'certificate'::text])) AND (sandbox_id IS NOT NULL)))),
    CONSTRAINT api_keys_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'developer'::text, 'support'::text, 'viewer'::text]))),
    CONSTRAINT api_keys_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY sbx.api_keys FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.audit_heads (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    sha256 bytea NOT NULL,
    CONSTRAINT audit_heads_chain_check CHECK (((sequence > 0) AND (octet_length(sha256) = 32)))
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.audit_heads FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.audit_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    action text NOT NULL,
    subject text NOT NULL,
    details json NOT NULL,
    sequence bigint,
    sha256 bytea,
    request_id uuid,
    CONSTRAINT audit_log_chain_check CHECK ((((sequence IS NULL) AND (sha256 IS NULL)) OR ((sequence > 0) AND (octet_length(sha256) = 32)))),
    CONSTRAINT audit_log_details_check CHECK ((octet_length((details)::text) <= 12288))
);

ALTER TABLE ONLY sbx.audit_log FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.authorization_codes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    parameters json NOT NULL,
    used_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.authorization_codes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.authorization_requests (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    parameters json NOT NULL,
    browser_sha256 bytea,
    subject text,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.authorization_requests FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.call_counts (
    tenant_id uuid NOT NULL,
    period text NOT NULL,
    starts_on date NOT NULL,
    calls bigint NOT NULL,
    CONSTRAINT call_counts_period_check CHECK ((period = ANY (ARRAY['day'::text, 'month'::text])))
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.call_counts FORCE ROW LEVEL SECURITY;

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
    transitions text[],
    CONSTRAINT changes_deleted_check CHECK ((deleted = (document IS NULL)))
);

ALTER TABLE ONLY sbx.changes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.checkpoints (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    name text,
    layer_ids uuid[] NOT NULL,
    layer_revisions bigint[] NOT NULL,
    layer_id uuid,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    revision bigint NOT NULL,
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    time_zero timestamp with time zone NOT NULL,
    clock_mode text NOT NULL,
    clock_now timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT checkpoints_clock_mode_check CHECK ((clock_mode = ANY (ARRAY['running'::text, 'frozen'::text]))),
    CONSTRAINT checkpoints_layers_check CHECK (((cardinality(layer_ids) = cardinality(layer_revisions)) AND (NOT (layer_id IS DISTINCT FROM layer_ids[1]))))
);

ALTER TABLE ONLY sbx.checkpoints FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.client_certificates (
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    der bytea NOT NULL
);

ALTER TABLE ONLY sbx.client_certificates FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.contract_drift (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    operation text NOT NULL,
    answers bigint NOT NULL,
    drifted bigint NOT NULL,
    findings jsonb,
    drifted_at timestamp with time zone,
    answered_at timestamp with time zone NOT NULL,
    CONSTRAINT contract_drift_count_check CHECK (((drifted >= 0) AND (drifted <= answers))),
    CONSTRAINT contract_drift_findings_check CHECK ((((drifted = 0) = (findings IS NULL)) AND ((drifted = 0) = (drifted_at IS NULL))))
);

ALTER TABLE ONLY sbx.contract_drift FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.contracts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    revision integer NOT NULL,
    version text NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    operations integer NOT NULL,
    source bytea NOT NULL,
    source_sha256 bytea NOT NULL,
    warnings json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "overlay" bytea,
    CONSTRAINT contracts_name_check CHECK (((name ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'::text) AND (octet_length(name) <= 21) AND (POSITION(('--'::text) IN (name)) = 0)))
);

ALTER TABLE ONLY sbx.contracts FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.deliveries (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    layer_id uuid NOT NULL,
    revision bigint NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    payload text,
    sealed_payload bytea,
    state text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    round_attempts integer DEFAULT 0 NOT NULL,
    due_at timestamp with time zone NOT NULL,
    due_virtual timestamp with time zone,
    last_status integer,
    last_error text,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    target json,
    CONSTRAINT deliveries_dead_check CHECK (((state <> 'dead'::text) OR (sealed_payload IS NOT NULL))),
    CONSTRAINT deliveries_payload_check CHECK (((payload IS NULL) <> (sealed_payload IS NULL))),
    CONSTRAINT deliveries_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'held'::text, 'delivered'::text, 'dead'::text, 'abandoned'::text])))
)
WITH (fillfactor='70', autovacuum_vacuum_scale_factor='0.02');

ALTER TABLE ONLY sbx.deliveries FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.delivery_attempts (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    delivery_id uuid NOT NULL,
    number integer NOT NULL,
    started_at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    duration_us bigint NOT NULL,
    connect_us bigint,
    succeeded boolean NOT NULL,
    status integer,
    error text,
    request json NOT NULL,
    response json
);

ALTER TABLE ONLY sbx.delivery_attempts FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.delivery_lanes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    ends_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.delivery_lanes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.denied_hosts (
    tenant_id uuid NOT NULL,
    hosts text[] NOT NULL
);

ALTER TABLE ONLY sbx.denied_hosts FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.device_codes (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    user_code text NOT NULL,
    client_id uuid NOT NULL,
    scopes text NOT NULL,
    state text NOT NULL,
    subject text,
    interval_seconds integer NOT NULL,
    last_polled_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT device_codes_state_check CHECK (((state = ANY (ARRAY['pending'::text, 'denied'::text, 'used'::text])) OR ((state = 'approved'::text) AND (subject IS NOT NULL))))
);

ALTER TABLE ONLY sbx.device_codes FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.directory_clients (
    client_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea,
    scopes text NOT NULL
);

CREATE TABLE sbx.directory_emails (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL
);

CREATE TABLE sbx.directory_gateways (
    id uuid NOT NULL,
    seen_at timestamp with time zone NOT NULL
)
WITH (fillfactor='50');

CREATE TABLE sbx.directory_invitations (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    invitation_id uuid NOT NULL
);

CREATE TABLE sbx.directory_keys (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    key_id uuid NOT NULL,
    kind text NOT NULL,
    sandbox_id uuid,
    scopes text NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    role text DEFAULT 'owner'::text NOT NULL,
    grants json DEFAULT '{}'::json NOT NULL
);

CREATE TABLE sbx.directory_sessions (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    user_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE sbx.directory_signing_keys (
    kid text NOT NULL,
    algorithm text NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    signs_from timestamp with time zone NOT NULL,
    trusted_until timestamp with time zone,
    CONSTRAINT directory_signing_keys_algorithm_check CHECK ((algorithm = ANY (ARRAY['ES256'::text, 'RS256'::text, 'PS256'::text, 'EdDSA'::text])))
);

CREATE TABLE sbx.directory_slugs (
    slug text NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    state text NOT NULL,
    expires_at timestamp with time zone
);

CREATE TABLE sbx.directory_user_codes (
    user_code text NOT NULL,
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE sbx.dry_run_heads (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    name text NOT NULL,
    layer_id uuid NOT NULL,
    ancestor_ids uuid[] NOT NULL,
    ancestor_revisions bigint[] NOT NULL,
    golden_name text NOT NULL,
    golden_version integer NOT NULL,
    salt bigint NOT NULL,
    revision bigint NOT NULL,
    tick bigint NOT NULL,
    seed bigint NOT NULL,
    time_zero timestamp with time zone NOT NULL,
    clock_mode text NOT NULL,
    clock_offset_us bigint,
    clock_frozen_at timestamp with time zone,
    clock_epoch bigint NOT NULL,
    owns_timers boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    wake_at timestamp with time zone,
    advance json,
    has_jobs boolean DEFAULT false NOT NULL,
    clock_claimed_until timestamp with time zone,
    CONSTRAINT dry_run_heads_ancestors_check CHECK ((cardinality(ancestor_ids) = cardinality(ancestor_revisions))),
    CONSTRAINT dry_run_heads_clock_check CHECK ((((clock_mode = 'running'::text) AND (clock_offset_us IS NOT NULL) AND (clock_frozen_at IS NULL)) OR ((clock_mode = 'frozen'::text) AND (clock_offset_us IS NULL) AND (clock_frozen_at IS NOT NULL)))),
    CONSTRAINT dry_run_heads_name_check CHECK (((octet_length(name) >= 1) AND (octet_length(name) <= 255)))
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.dry_run_heads FORCE ROW LEVEL SECURITY;

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
    document json NOT NULL,
    target json
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

CREATE UNLOGGED TABLE sbx.flight_slots (
    tenant_id uuid NOT NULL,
    gateway_id uuid NOT NULL,
    slots bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT flight_slots_slots_check CHECK ((slots >= 0))
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.flight_slots FORCE ROW LEVEL SECURITY;

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
    revision bigint DEFAULT 0 NOT NULL,
    CONSTRAINT idempotency_records_fingerprint_check CHECK ((octet_length(fingerprint) = 32)),
    CONSTRAINT idempotency_records_key_check CHECK (((octet_length(key) >= 1) AND (octet_length(key) <= 255)))
);

ALTER TABLE ONLY sbx.idempotency_records FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.inbox_messages (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    received_at timestamp with time zone NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    headers json NOT NULL,
    body bytea NOT NULL,
    verification text NOT NULL,
    CONSTRAINT inbox_messages_verification_check CHECK ((verification = ANY (ARRAY['unchecked'::text, 'unsigned'::text, 'valid'::text, 'stale'::text, 'invalid'::text])))
);

ALTER TABLE ONLY sbx.inbox_messages FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.inbox_settings (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sealed_secret bytea,
    status integer NOT NULL,
    CONSTRAINT inbox_settings_status_check CHECK (((status >= 200) AND (status <= 599)))
);

ALTER TABLE ONLY sbx.inbox_settings FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.invitations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT invitations_end_check CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
    CONSTRAINT invitations_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'developer'::text, 'support'::text, 'viewer'::text]))),
    CONSTRAINT invitations_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY sbx.invitations FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.journey_runs (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    journey text NOT NULL,
    inputs json NOT NULL,
    steps json NOT NULL,
    records json NOT NULL,
    status text NOT NULL,
    rerun_of uuid,
    from_step integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    lease_until timestamp with time zone NOT NULL,
    CONSTRAINT journey_runs_finished_check CHECK (((status = 'running'::text) = (finished_at IS NULL))),
    CONSTRAINT journey_runs_status_check CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text, 'interrupted'::text])))
);

ALTER TABLE ONLY sbx.journey_runs FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.journeys (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    text text,
    plan_hash text NOT NULL,
    plan json NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.journeys FORCE ROW LEVEL SECURITY;

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
    sweep_at timestamp with time zone,
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
    CONSTRAINT memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'developer'::text, 'support'::text, 'viewer'::text])))
);

ALTER TABLE ONLY sbx.memberships FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.mounts (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    version text NOT NULL,
    fidelity text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    contract_id uuid,
    CONSTRAINT mounts_fidelity_check CHECK ((fidelity = ANY (ARRAY['static'::text, 'stateful'::text, 'domain'::text])))
);

ALTER TABLE ONLY sbx.mounts FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.oauth_clients (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    secret_sha256 bytea,
    secret_prefix text,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    metadata json DEFAULT '{}'::json NOT NULL,
    registration_sha256 bytea,
    previous_sha256 bytea,
    previous_until timestamp with time zone,
    CONSTRAINT oauth_clients_metadata_check CHECK ((json_typeof(metadata) = 'object'::text)),
    CONSTRAINT oauth_clients_previous_check CHECK ((((previous_sha256 IS NULL) AND (previous_until IS NULL)) OR ((octet_length(previous_sha256) = 32) AND (previous_until IS NOT NULL)))),
    CONSTRAINT oauth_clients_secret_sha256_check CHECK ((octet_length(secret_sha256) = 32))
);

ALTER TABLE ONLY sbx.oauth_clients FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.oauth_grants (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    client_id uuid NOT NULL,
    subject text NOT NULL,
    scopes text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.oauth_grants FORCE ROW LEVEL SECURITY;

CREATE UNLOGGED TABLE sbx.rate_buckets (
    tenant_id uuid NOT NULL,
    bucket_id uuid NOT NULL,
    arrival_ns bigint NOT NULL,
    granted bigint NOT NULL
)
WITH (fillfactor='50');

ALTER TABLE ONLY sbx.rate_buckets FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.refresh_tokens (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    client_id uuid NOT NULL,
    grant_id uuid NOT NULL,
    dpop_jkt text,
    used_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.refresh_tokens FORCE ROW LEVEL SECURITY;

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
    decision text NOT NULL,
    parent_span_id bytea,
    CONSTRAINT request_log_decision_check CHECK ((octet_length(decision) <= 2048)),
    CONSTRAINT request_log_span_id_check CHECK ((octet_length(span_id) = 8)),
    CONSTRAINT request_log_trace_id_check CHECK ((octet_length(trace_id) = 16))
)
PARTITION BY RANGE (started_at);

ALTER TABLE ONLY sbx.request_log FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.revoked_tokens (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.revoked_tokens FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.sandbox_authorities (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    der bytea NOT NULL,
    sealed bytea NOT NULL
);

ALTER TABLE ONLY sbx.sandbox_authorities FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.sandbox_grants (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT sandbox_grants_role_check CHECK ((role = ANY (ARRAY['developer'::text, 'support'::text])))
);

ALTER TABLE ONLY sbx.sandbox_grants FORCE ROW LEVEL SECURITY;

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
    layer_revision bigint DEFAULT 0 NOT NULL,
    clock_mode_at_zero text,
    wake_at timestamp with time zone,
    advance json,
    has_jobs boolean DEFAULT false NOT NULL,
    clock_claimed_until timestamp with time zone,
    CONSTRAINT sandbox_heads_ancestors_check CHECK ((cardinality(ancestor_ids) = cardinality(ancestor_revisions))),
    CONSTRAINT sandbox_heads_clock_check CHECK ((((clock_mode = 'running'::text) AND (clock_offset_us IS NOT NULL) AND (clock_frozen_at IS NULL)) OR ((clock_mode = 'frozen'::text) AND (clock_offset_us IS NULL) AND (clock_frozen_at IS NOT NULL)))),
    CONSTRAINT sandbox_heads_clock_mode_at_zero_check CHECK ((clock_mode_at_zero = ANY (ARRAY['running'::text, 'frozen'::text])))
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

CREATE TABLE sbx.sessions (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT sessions_sha256_check CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY sbx.sessions FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.spans (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    parent_span_id bytea,
    started_ns bigint NOT NULL,
    ended_ns bigint NOT NULL,
    kind integer NOT NULL,
    status integer NOT NULL,
    name text NOT NULL,
    service text,
    scope text,
    status_message text,
    attributes json NOT NULL,
    events json NOT NULL,
    CONSTRAINT spans_parent_span_id_check CHECK ((octet_length(parent_span_id) = 8)),
    CONSTRAINT spans_span_id_check CHECK ((octet_length(span_id) = 8)),
    CONSTRAINT spans_trace_id_check CHECK ((octet_length(trace_id) = 16))
)
PARTITION BY RANGE (received_at);

ALTER TABLE ONLY sbx.spans FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.tenants (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    rate_per_second integer,
    burst integer,
    in_flight integer,
    sandboxes_max integer,
    sandbox_count integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    first_success_at timestamp with time zone,
    calls_per_day bigint,
    calls_per_month bigint,
    CONSTRAINT tenants_limits_check CHECK (((rate_per_second > 0) AND (burst > 0) AND (in_flight > 0) AND (sandboxes_max >= 0))),
    CONSTRAINT tenants_name_check CHECK (((char_length(name) >= 1) AND (char_length(name) <= 200))),
    CONSTRAINT tenants_quotas_check CHECK (((calls_per_day >= 0) AND (calls_per_month >= 0))),
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

CREATE TABLE sbx.usage_days (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    sandbox_id uuid NOT NULL,
    contract text NOT NULL,
    operation text NOT NULL,
    scenario text NOT NULL,
    principal_kind text NOT NULL,
    principal_id uuid NOT NULL,
    succeeded bigint NOT NULL,
    simulated_failures bigint NOT NULL,
    refused bigint NOT NULL,
    platform_failures bigint NOT NULL,
    duration_us bigint NOT NULL,
    request_bytes bigint NOT NULL,
    response_bytes bigint NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY sbx.usage_days FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.usage_hours (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    hour timestamp with time zone NOT NULL,
    succeeded bigint NOT NULL,
    simulated_failures bigint NOT NULL,
    refused bigint NOT NULL,
    platform_failures bigint NOT NULL
)
WITH (fillfactor='70');

ALTER TABLE ONLY sbx.usage_hours FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.usage_writers (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    batch bigint NOT NULL,
    written_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.usage_writers FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.used_proofs (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    sha256 bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY sbx.used_proofs FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.users (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    password text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT users_email_check CHECK (((octet_length(email) >= 3) AND (octet_length(email) <= 254)))
);

ALTER TABLE ONLY sbx.users FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.webhook_endpoints (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    id uuid NOT NULL,
    url text NOT NULL,
    description text,
    events text[] NOT NULL,
    patterns text[] NOT NULL,
    signature_scheme text NOT NULL,
    state text NOT NULL,
    disabled_reason text,
    disabled_at timestamp with time zone,
    retry_clock text NOT NULL,
    signature_clock text NOT NULL,
    in_flight_max integer NOT NULL,
    is_inbox boolean NOT NULL,
    faults json NOT NULL,
    first_delay_us bigint NOT NULL,
    failing_since timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    CONSTRAINT webhook_endpoints_clocks_check CHECK (((retry_clock = ANY (ARRAY['wall'::text, 'virtual'::text])) AND (signature_clock = ANY (ARRAY['wall'::text, 'virtual'::text])))),
    CONSTRAINT webhook_endpoints_events_check CHECK ((((cardinality(events) >= 1) AND (cardinality(events) <= 50)) AND (cardinality(events) = cardinality(patterns)))),
    CONSTRAINT webhook_endpoints_first_delay_check CHECK ((first_delay_us >= 0)),
    CONSTRAINT webhook_endpoints_in_flight_max_check CHECK (((in_flight_max >= 1) AND (in_flight_max <= 32))),
    CONSTRAINT webhook_endpoints_scheme_check CHECK ((signature_scheme = ANY (ARRAY['standard'::text, 'stripe'::text]))),
    CONSTRAINT webhook_endpoints_state_check CHECK ((((state = 'enabled'::text) AND (disabled_reason IS NULL) AND (disabled_at IS NULL)) OR ((state = 'disabled'::text) AND (disabled_reason = ANY (ARRAY['request'::text, 'gone'::text, 'failing'::text])) AND (disabled_at IS NOT NULL))))
);

ALTER TABLE ONLY sbx.webhook_endpoints FORCE ROW LEVEL SECURITY;

CREATE TABLE sbx.webhook_secrets (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    number integer NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE ONLY sbx.webhook_secrets FORCE ROW LEVEL SECURITY;

ALTER TABLE ONLY public.sbx_migrations
    ADD CONSTRAINT sbx_migrations_pkey PRIMARY KEY (number);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_sha256_key UNIQUE (tenant_id, sha256);

ALTER TABLE ONLY sbx.audit_heads
    ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY sbx.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.audit_log
    ADD CONSTRAINT audit_log_sequence_key UNIQUE (tenant_id, sequence);

ALTER TABLE ONLY sbx.authorization_codes
    ADD CONSTRAINT authorization_codes_pkey PRIMARY KEY (tenant_id, sha256);

ALTER TABLE ONLY sbx.authorization_requests
    ADD CONSTRAINT authorization_requests_pkey PRIMARY KEY (tenant_id, sha256);

ALTER TABLE ONLY sbx.call_counts
    ADD CONSTRAINT call_counts_pkey PRIMARY KEY (tenant_id, period, starts_on);

ALTER TABLE ONLY sbx.changes
    ADD CONSTRAINT changes_pkey PRIMARY KEY (tenant_id, layer_id, revision, n);

ALTER TABLE ONLY sbx.checkpoints
    ADD CONSTRAINT checkpoints_name_key UNIQUE (tenant_id, sandbox_id, name);

ALTER TABLE ONLY sbx.checkpoints
    ADD CONSTRAINT checkpoints_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.client_certificates
    ADD CONSTRAINT client_certificates_pkey PRIMARY KEY (tenant_id, key_id);

ALTER TABLE ONLY sbx.contract_drift
    ADD CONSTRAINT contract_drift_pkey PRIMARY KEY (tenant_id, sandbox_id, contract, operation);

ALTER TABLE ONLY sbx.contracts
    ADD CONSTRAINT contracts_name_key UNIQUE (tenant_id, name, revision);

ALTER TABLE ONLY sbx.contracts
    ADD CONSTRAINT contracts_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.deliveries
    ADD CONSTRAINT deliveries_event_key UNIQUE (tenant_id, endpoint_id, layer_id, event_id);

ALTER TABLE ONLY sbx.deliveries
    ADD CONSTRAINT deliveries_pkey PRIMARY KEY (tenant_id, sandbox_id, id);

ALTER TABLE ONLY sbx.delivery_attempts
    ADD CONSTRAINT delivery_attempts_pkey PRIMARY KEY (tenant_id, sandbox_id, delivery_id, number);

ALTER TABLE ONLY sbx.delivery_lanes
    ADD CONSTRAINT delivery_lanes_pkey PRIMARY KEY (tenant_id, sandbox_id, endpoint_id);

ALTER TABLE ONLY sbx.denied_hosts
    ADD CONSTRAINT denied_hosts_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY sbx.device_codes
    ADD CONSTRAINT device_codes_pkey PRIMARY KEY (tenant_id, sha256);

ALTER TABLE ONLY sbx.device_codes
    ADD CONSTRAINT device_codes_user_code_key UNIQUE (tenant_id, user_code);

ALTER TABLE ONLY sbx.directory_clients
    ADD CONSTRAINT directory_clients_pkey PRIMARY KEY (client_id);

ALTER TABLE ONLY sbx.directory_emails
    ADD CONSTRAINT directory_emails_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_gateways
    ADD CONSTRAINT directory_gateways_pkey PRIMARY KEY (id);

ALTER TABLE ONLY sbx.directory_invitations
    ADD CONSTRAINT directory_invitations_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_keys
    ADD CONSTRAINT directory_keys_key_id_key UNIQUE (key_id);

ALTER TABLE ONLY sbx.directory_keys
    ADD CONSTRAINT directory_keys_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_sessions
    ADD CONSTRAINT directory_sessions_pkey PRIMARY KEY (sha256);

ALTER TABLE ONLY sbx.directory_signing_keys
    ADD CONSTRAINT directory_signing_keys_pkey PRIMARY KEY (kid);

ALTER TABLE ONLY sbx.directory_slugs
    ADD CONSTRAINT directory_slugs_pkey PRIMARY KEY (slug);

ALTER TABLE ONLY sbx.directory_slugs
    ADD CONSTRAINT directory_slugs_sandbox_id_key UNIQUE (sandbox_id);

ALTER TABLE ONLY sbx.directory_user_codes
    ADD CONSTRAINT directory_user_codes_pkey PRIMARY KEY (user_code);

ALTER TABLE ONLY sbx.dry_run_heads
    ADD CONSTRAINT dry_run_heads_name_key UNIQUE (tenant_id, sandbox_id, name);

ALTER TABLE ONLY sbx.dry_run_heads
    ADD CONSTRAINT dry_run_heads_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.entities
    ADD CONSTRAINT entities_pkey PRIMARY KEY (tenant_id, layer_id, contract, type, entity_id);

ALTER TABLE ONLY sbx.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, layer_id, id);

ALTER TABLE ONLY sbx.fault_counters
    ADD CONSTRAINT fault_counters_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.flight_slots
    ADD CONSTRAINT flight_slots_pkey PRIMARY KEY (tenant_id, gateway_id);

ALTER TABLE ONLY sbx.idempotency_records
    ADD CONSTRAINT idempotency_records_pkey PRIMARY KEY (tenant_id, sandbox_id, layer_id, dry_run_session, principal_id, method, path, key, revision);

ALTER TABLE ONLY sbx.inbox_messages
    ADD CONSTRAINT inbox_messages_pkey PRIMARY KEY (tenant_id, sandbox_id, id);

ALTER TABLE ONLY sbx.inbox_settings
    ADD CONSTRAINT inbox_settings_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.journey_runs
    ADD CONSTRAINT journey_runs_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.journeys
    ADD CONSTRAINT journeys_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.journeys
    ADD CONSTRAINT journeys_plan_hash_key UNIQUE (tenant_id, sandbox_id, plan_hash);

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

ALTER TABLE ONLY sbx.oauth_grants
    ADD CONSTRAINT oauth_grants_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.rate_buckets
    ADD CONSTRAINT rate_buckets_pkey PRIMARY KEY (tenant_id, bucket_id);

ALTER TABLE ONLY sbx.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (tenant_id, sha256);

ALTER TABLE ONLY sbx.revoked_tokens
    ADD CONSTRAINT revoked_tokens_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.sandbox_authorities
    ADD CONSTRAINT sandbox_authorities_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.sandbox_grants
    ADD CONSTRAINT sandbox_grants_pkey PRIMARY KEY (tenant_id, user_id, sandbox_id);

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_pkey PRIMARY KEY (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.sandbox_settings
    ADD CONSTRAINT sandbox_settings_pkey PRIMARY KEY (tenant_id, sandbox_id, name);

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_slug_key UNIQUE (tenant_id, slug);

ALTER TABLE ONLY sbx.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.sessions
    ADD CONSTRAINT sessions_sha256_key UNIQUE (tenant_id, sha256);

ALTER TABLE ONLY sbx.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY sbx.timer_changes
    ADD CONSTRAINT timer_changes_pkey PRIMARY KEY (tenant_id, layer_id, timer_id, revision);

ALTER TABLE ONLY sbx.timers
    ADD CONSTRAINT timers_pkey PRIMARY KEY (tenant_id, layer_id, timer_id);

ALTER TABLE ONLY sbx.usage_days
    ADD CONSTRAINT usage_days_pkey PRIMARY KEY (tenant_id, day, sandbox_id, contract, operation, scenario, principal_kind, principal_id);

ALTER TABLE ONLY sbx.usage_hours
    ADD CONSTRAINT usage_hours_pkey PRIMARY KEY (tenant_id, sandbox_id, hour);

ALTER TABLE ONLY sbx.usage_writers
    ADD CONSTRAINT usage_writers_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.used_proofs
    ADD CONSTRAINT used_proofs_pkey PRIMARY KEY (tenant_id, sha256);

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_email_key UNIQUE (tenant_id, email);

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY sbx.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_pkey PRIMARY KEY (tenant_id, sandbox_id, id);

ALTER TABLE ONLY sbx.webhook_secrets
    ADD CONSTRAINT webhook_secrets_pkey PRIMARY KEY (tenant_id, sandbox_id, endpoint_id, number);

CREATE INDEX api_keys_sandbox_id_idx ON sbx.api_keys USING btree (tenant_id, sandbox_id);

CREATE INDEX api_keys_user_id_idx ON sbx.api_keys USING btree (tenant_id, user_id) WHERE (user_id IS NOT NULL);

CREATE INDEX audit_log_created_at_idx ON sbx.audit_log USING btree (tenant_id, created_at, id);

CREATE INDEX authorization_codes_sandbox_id_idx ON sbx.authorization_codes USING btree (tenant_id, sandbox_id);

CREATE INDEX authorization_requests_sandbox_id_idx ON sbx.authorization_requests USING btree (tenant_id, sandbox_id);

CREATE INDEX changes_entity_idx ON sbx.changes USING btree (tenant_id, layer_id, contract, type, entity_id, revision);

CREATE INDEX checkpoints_layer_id_idx ON sbx.checkpoints USING btree (tenant_id, layer_id);

CREATE INDEX checkpoints_sandbox_id_idx ON sbx.checkpoints USING btree (tenant_id, sandbox_id, id);

CREATE INDEX client_certificates_sandbox_id_idx ON sbx.client_certificates USING btree (tenant_id, sandbox_id, key_id);

CREATE INDEX deliveries_dead_idx ON sbx.deliveries USING btree (tenant_id, sandbox_id, id) WHERE (state = 'dead'::text);

CREATE INDEX deliveries_due_idx ON sbx.deliveries USING btree (tenant_id, sandbox_id, endpoint_id, due_at, revision, id) WHERE ((state = 'pending'::text) AND (due_virtual IS NULL));

CREATE INDEX deliveries_virtual_idx ON sbx.deliveries USING btree (tenant_id, sandbox_id, due_virtual) WHERE ((state = 'pending'::text) AND (due_virtual IS NOT NULL));

CREATE INDEX delivery_attempts_recorded_at_idx ON sbx.delivery_attempts USING btree (tenant_id, sandbox_id, recorded_at);

CREATE INDEX device_codes_sandbox_id_idx ON sbx.device_codes USING btree (tenant_id, sandbox_id);

CREATE INDEX directory_clients_sandbox_id_idx ON sbx.directory_clients USING btree (sandbox_id);

CREATE INDEX directory_keys_sandbox_id_idx ON sbx.directory_keys USING btree (sandbox_id) WHERE (sandbox_id IS NOT NULL);

CREATE INDEX directory_sessions_expires_at_idx ON sbx.directory_sessions USING btree (expires_at);

CREATE INDEX directory_slugs_expires_at_idx ON sbx.directory_slugs USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX directory_user_codes_sandbox_id_idx ON sbx.directory_user_codes USING btree (sandbox_id);

CREATE INDEX dry_run_heads_layer_id_idx ON sbx.dry_run_heads USING btree (tenant_id, layer_id);

CREATE INDEX entities_position_idx ON sbx.entities USING btree (tenant_id, layer_id, contract, type, "position");

CREATE INDEX events_revision_idx ON sbx.events USING btree (tenant_id, layer_id, revision, n);

CREATE UNIQUE INDEX journey_runs_running_idx ON sbx.journey_runs USING btree (tenant_id, sandbox_id) WHERE (status = 'running'::text);

CREATE INDEX journey_runs_sandbox_id_idx ON sbx.journey_runs USING btree (tenant_id, sandbox_id, id);

CREATE INDEX journeys_sandbox_id_idx ON sbx.journeys USING btree (tenant_id, sandbox_id, id);

CREATE INDEX layers_parent_layer_id_idx ON sbx.layers USING btree (tenant_id, parent_layer_id) WHERE (parent_layer_id IS NOT NULL);

CREATE INDEX layers_sandbox_id_idx ON sbx.layers USING btree (tenant_id, sandbox_id);

CREATE INDEX layers_sweep_at_idx ON sbx.layers USING btree (tenant_id, sweep_at) WHERE (sweep_at IS NOT NULL);

CREATE INDEX ledger_entries_account_idx ON sbx.ledger_entries USING btree (tenant_id, layer_id, account, currency, revision, n);

CREATE INDEX mounts_contract_id_idx ON sbx.mounts USING btree (tenant_id, contract_id) WHERE (contract_id IS NOT NULL);

CREATE INDEX oauth_clients_sandbox_id_idx ON sbx.oauth_clients USING btree (tenant_id, sandbox_id);

CREATE INDEX oauth_grants_sandbox_id_idx ON sbx.oauth_grants USING btree (tenant_id, sandbox_id);

CREATE INDEX refresh_tokens_sandbox_id_idx ON sbx.refresh_tokens USING btree (tenant_id, sandbox_id);

CREATE INDEX request_log_continued_trace_id_idx ON ONLY sbx.request_log USING btree (tenant_id, sandbox_id, trace_id) WHERE (parent_span_id IS NOT NULL);

CREATE INDEX request_log_sandbox_id_id_idx ON ONLY sbx.request_log USING btree (tenant_id, sandbox_id, id);

CREATE INDEX revoked_tokens_sandbox_id_idx ON sbx.revoked_tokens USING btree (tenant_id, sandbox_id);

CREATE INDEX sandbox_grants_sandbox_id_idx ON sbx.sandbox_grants USING btree (tenant_id, sandbox_id);

CREATE INDEX sandbox_heads_layer_id_idx ON sbx.sandbox_heads USING btree (tenant_id, layer_id);

CREATE INDEX sandbox_heads_wake_at_idx ON sbx.sandbox_heads USING btree (tenant_id, wake_at) WHERE (wake_at IS NOT NULL);

CREATE INDEX sessions_user_id_idx ON sbx.sessions USING btree (tenant_id, user_id);

CREATE INDEX spans_sandbox_id_trace_id_idx ON ONLY sbx.spans USING btree (tenant_id, sandbox_id, trace_id);

CREATE INDEX timers_due_at_idx ON sbx.timers USING btree (tenant_id, layer_id, due_at, timer_id) WHERE (due_at IS NOT NULL);

CREATE INDEX used_proofs_sandbox_id_idx ON sbx.used_proofs USING btree (tenant_id, sandbox_id);

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.api_keys
    ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES sbx.users(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.authorization_codes
    ADD CONSTRAINT authorization_codes_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.authorization_requests
    ADD CONSTRAINT authorization_requests_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.checkpoints
    ADD CONSTRAINT checkpoints_layer_id_fkey FOREIGN KEY (tenant_id, layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.checkpoints
    ADD CONSTRAINT checkpoints_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.client_certificates
    ADD CONSTRAINT client_certificates_key_id_fkey FOREIGN KEY (tenant_id, key_id) REFERENCES sbx.api_keys(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.contract_drift
    ADD CONSTRAINT contract_drift_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.contracts
    ADD CONSTRAINT contracts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.denied_hosts
    ADD CONSTRAINT denied_hosts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.device_codes
    ADD CONSTRAINT device_codes_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.dry_run_heads
    ADD CONSTRAINT dry_run_heads_layer_id_fkey FOREIGN KEY (tenant_id, layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.dry_run_heads
    ADD CONSTRAINT dry_run_heads_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.fault_counters
    ADD CONSTRAINT fault_counters_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.inbox_messages
    ADD CONSTRAINT inbox_messages_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.inbox_settings
    ADD CONSTRAINT inbox_settings_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.invitations
    ADD CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.journey_runs
    ADD CONSTRAINT journey_runs_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.journeys
    ADD CONSTRAINT journeys_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.layers
    ADD CONSTRAINT layers_parent_layer_id_fkey FOREIGN KEY (tenant_id, parent_layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES sbx.users(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.mounts
    ADD CONSTRAINT mounts_contract_id_fkey FOREIGN KEY (tenant_id, contract_id) REFERENCES sbx.contracts(tenant_id, id);

ALTER TABLE ONLY sbx.mounts
    ADD CONSTRAINT mounts_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.oauth_clients
    ADD CONSTRAINT oauth_clients_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.oauth_grants
    ADD CONSTRAINT oauth_grants_client_id_fkey FOREIGN KEY (tenant_id, client_id) REFERENCES sbx.oauth_clients(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.oauth_grants
    ADD CONSTRAINT oauth_grants_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.refresh_tokens
    ADD CONSTRAINT refresh_tokens_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.revoked_tokens
    ADD CONSTRAINT revoked_tokens_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_authorities
    ADD CONSTRAINT sandbox_authorities_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_grants
    ADD CONSTRAINT sandbox_grants_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_grants
    ADD CONSTRAINT sandbox_grants_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES sbx.memberships(tenant_id, user_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_layer_id_fkey FOREIGN KEY (tenant_id, layer_id) REFERENCES sbx.layers(tenant_id, id);

ALTER TABLE ONLY sbx.sandbox_heads
    ADD CONSTRAINT sandbox_heads_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandbox_settings
    ADD CONSTRAINT sandbox_settings_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sandboxes
    ADD CONSTRAINT sandboxes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES sbx.users(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.used_proofs
    ADD CONSTRAINT used_proofs_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.users
    ADD CONSTRAINT users_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES sbx.tenants(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.webhook_endpoints
    ADD CONSTRAINT webhook_endpoints_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id) REFERENCES sbx.sandboxes(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY sbx.webhook_secrets
    ADD CONSTRAINT webhook_secrets_endpoint_id_fkey FOREIGN KEY (tenant_id, sandbox_id, endpoint_id) REFERENCES sbx.webhook_endpoints(tenant_id, sandbox_id, id) ON DELETE CASCADE;

ALTER TABLE sbx.api_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_keys_tenant_isolation ON sbx.api_keys USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.audit_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_heads_tenant_isolation ON sbx.audit_heads USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.audit_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_log_tenant_isolation ON sbx.audit_log USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.authorization_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY authorization_codes_tenant_isolation ON sbx.authorization_codes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.authorization_requests ENABLE ROW LEVEL SECURITY;

CREATE POLICY authorization_requests_tenant_isolation ON sbx.authorization_requests USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.call_counts ENABLE ROW LEVEL SECURITY;

CREATE POLICY call_counts_tenant_isolation ON sbx.call_counts USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY changes_tenant_isolation ON sbx.changes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.checkpoints ENABLE ROW LEVEL SECURITY;

CREATE POLICY checkpoints_tenant_isolation ON sbx.checkpoints USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.client_certificates ENABLE ROW LEVEL SECURITY;

CREATE POLICY client_certificates_tenant_isolation ON sbx.client_certificates USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.contract_drift ENABLE ROW LEVEL SECURITY;

CREATE POLICY contract_drift_tenant_isolation ON sbx.contract_drift USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.contracts ENABLE ROW LEVEL SECURITY;

CREATE POLICY contracts_tenant_isolation ON sbx.contracts USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.deliveries ENABLE ROW LEVEL SECURITY;

CREATE POLICY deliveries_tenant_isolation ON sbx.deliveries USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.delivery_attempts ENABLE ROW LEVEL SECURITY;

CREATE POLICY delivery_attempts_tenant_isolation ON sbx.delivery_attempts USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.delivery_lanes ENABLE ROW LEVEL SECURITY;

CREATE POLICY delivery_lanes_tenant_isolation ON sbx.delivery_lanes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.denied_hosts ENABLE ROW LEVEL SECURITY;

CREATE POLICY denied_hosts_tenant_isolation ON sbx.denied_hosts USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.device_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY device_codes_tenant_isolation ON sbx.device_codes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_clients ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_clients_tenant_isolation ON sbx.directory_clients USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_emails ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_emails_tenant_isolation ON sbx.directory_emails USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_invitations ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_invitations_tenant_isolation ON sbx.directory_invitations USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_keys ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_keys_tenant_isolation ON sbx.directory_keys USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_sessions_tenant_isolation ON sbx.directory_sessions USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_slugs ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_slugs_tenant_isolation ON sbx.directory_slugs USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.directory_user_codes ENABLE ROW LEVEL SECURITY;

CREATE POLICY directory_user_codes_tenant_isolation ON sbx.directory_user_codes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.dry_run_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY dry_run_heads_tenant_isolation ON sbx.dry_run_heads USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.entities ENABLE ROW LEVEL SECURITY;

CREATE POLICY entities_tenant_isolation ON sbx.entities USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.events ENABLE ROW LEVEL SECURITY;

CREATE POLICY events_tenant_isolation ON sbx.events USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.fault_counters ENABLE ROW LEVEL SECURITY;

CREATE POLICY fault_counters_tenant_isolation ON sbx.fault_counters USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.flight_slots ENABLE ROW LEVEL SECURITY;

CREATE POLICY flight_slots_tenant_isolation ON sbx.flight_slots USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.idempotency_records ENABLE ROW LEVEL SECURITY;

CREATE POLICY idempotency_records_tenant_isolation ON sbx.idempotency_records USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.inbox_messages ENABLE ROW LEVEL SECURITY;

CREATE POLICY inbox_messages_tenant_isolation ON sbx.inbox_messages USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.inbox_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY inbox_settings_tenant_isolation ON sbx.inbox_settings USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.invitations ENABLE ROW LEVEL SECURITY;

CREATE POLICY invitations_tenant_isolation ON sbx.invitations USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.journey_runs ENABLE ROW LEVEL SECURITY;

CREATE POLICY journey_runs_tenant_isolation ON sbx.journey_runs USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.journeys ENABLE ROW LEVEL SECURITY;

CREATE POLICY journeys_tenant_isolation ON sbx.journeys USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

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

ALTER TABLE sbx.oauth_grants ENABLE ROW LEVEL SECURITY;

CREATE POLICY oauth_grants_tenant_isolation ON sbx.oauth_grants USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.rate_buckets ENABLE ROW LEVEL SECURITY;

CREATE POLICY rate_buckets_tenant_isolation ON sbx.rate_buckets USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.refresh_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY refresh_tokens_tenant_isolation ON sbx.refresh_tokens USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.request_log ENABLE ROW LEVEL SECURITY;

CREATE POLICY request_log_tenant_isolation ON sbx.request_log USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.revoked_tokens ENABLE ROW LEVEL SECURITY;

CREATE POLICY revoked_tokens_tenant_isolation ON sbx.revoked_tokens USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_authorities ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_authorities_tenant_isolation ON sbx.sandbox_authorities USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_grants ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_grants_tenant_isolation ON sbx.sandbox_grants USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_heads ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_heads_tenant_isolation ON sbx.sandbox_heads USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandbox_settings ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandbox_settings_tenant_isolation ON sbx.sandbox_settings USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sandboxes ENABLE ROW LEVEL SECURITY;

CREATE POLICY sandboxes_tenant_isolation ON sbx.sandboxes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.sessions ENABLE ROW LEVEL SECURITY;

CREATE POLICY sessions_tenant_isolation ON sbx.sessions USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.spans ENABLE ROW LEVEL SECURITY;

CREATE POLICY spans_tenant_isolation ON sbx.spans USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.tenants ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenants_tenant_isolation ON sbx.tenants USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.timer_changes ENABLE ROW LEVEL SECURITY;

CREATE POLICY timer_changes_tenant_isolation ON sbx.timer_changes USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.timers ENABLE ROW LEVEL SECURITY;

CREATE POLICY timers_tenant_isolation ON sbx.timers USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.usage_days ENABLE ROW LEVEL SECURITY;

CREATE POLICY usage_days_tenant_isolation ON sbx.usage_days USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.usage_hours ENABLE ROW LEVEL SECURITY;

CREATE POLICY usage_hours_tenant_isolation ON sbx.usage_hours USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.usage_writers ENABLE ROW LEVEL SECURITY;

CREATE POLICY usage_writers_tenant_isolation ON sbx.usage_writers USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.used_proofs ENABLE ROW LEVEL SECURITY;

CREATE POLICY used_proofs_tenant_isolation ON sbx.used_proofs USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.users ENABLE ROW LEVEL SECURITY;

CREATE POLICY users_tenant_isolation ON sbx.users USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.webhook_endpoints ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_endpoints_tenant_isolation ON sbx.webhook_endpoints USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

ALTER TABLE sbx.webhook_secrets ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_secrets_tenant_isolation ON sbx.webhook_secrets USING ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid)) WITH CHECK ((tenant_id = (NULLIF(current_setting('sbx.tenant'::text, true), ''::text))::uuid));

GRANT USAGE ON SCHEMA sbx TO sbx_app;
GRANT USAGE ON SCHEMA sbx TO sbx_edge;
GRANT USAGE ON SCHEMA sbx TO sbx_system;

REVOKE ALL ON FUNCTION sbx.audit_record(tenant_id uuid, sequence bigint, id uuid, created_at timestamp with time zone, actor_kind text, actor_id uuid, action text, subject text, request_id uuid, details json) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.audit_record(tenant_id uuid, sequence bigint, id uuid, created_at timestamp with time zone, actor_kind text, actor_id uuid, action text, subject text, request_id uuid, details json) TO sbx_app;
GRANT ALL ON FUNCTION sbx.audit_record(tenant_id uuid, sequence bigint, id uuid, created_at timestamp with time zone, actor_kind text, actor_id uuid, action text, subject text, request_id uuid, details json) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.audit_sha256(previous bytea, record text) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.audit_sha256(previous bytea, record text) TO sbx_app;
GRANT ALL ON FUNCTION sbx.audit_sha256(previous bytea, record text) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.bucket_tokens(arrival_ns bigint, now_ns bigint, interval_ns bigint, burst bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.bucket_tokens(arrival_ns bigint, now_ns bigint, interval_ns bigint, burst bigint) TO sbx_app;

REVOKE ALL ON FUNCTION sbx.claim_idempotency(hash bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.claim_idempotency(hash bigint) TO sbx_app;

REVOKE ALL ON FUNCTION sbx.drop_partitions(parent text, kept date) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.drop_partitions(parent text, kept date) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.edge_client(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_client(wanted uuid) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_email(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_email(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_invitation(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_invitation(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_key(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_key(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_key_role(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_key_role(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_sandbox(wanted uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_sandbox(wanted uuid) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_session(wanted bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_session(wanted bytea) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_slug(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_slug(wanted text) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.edge_user_code(wanted text) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.edge_user_code(wanted text) TO sbx_edge;

REVOKE ALL ON FUNCTION sbx.ensure_partitions(parent text, first date, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.ensure_partitions(parent text, first date, days integer) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.ensure_request_log_partitions(first date, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.ensure_request_log_partitions(first date, days integer) TO sbx_system;

REVOKE ALL ON FUNCTION sbx.enter(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION sbx.enter(tenant uuid) TO sbx_app;
GRANT ALL ON FUNCTION sbx.enter(tenant uuid) TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.api_keys TO sbx_app;

GRANT SELECT,INSERT,UPDATE ON TABLE sbx.audit_heads TO sbx_app;
GRANT SELECT,INSERT,UPDATE ON TABLE sbx.audit_heads TO sbx_system;

GRANT SELECT,INSERT ON TABLE sbx.audit_log TO sbx_app;
GRANT SELECT,INSERT ON TABLE sbx.audit_log TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.authorization_codes TO sbx_app;
GRANT DELETE ON TABLE sbx.authorization_codes TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.authorization_codes TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.authorization_requests TO sbx_app;
GRANT DELETE ON TABLE sbx.authorization_requests TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.authorization_requests TO sbx_system;

GRANT SELECT ON TABLE sbx.call_counts TO sbx_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.call_counts TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.changes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.checkpoints TO sbx_app;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.client_certificates TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.contract_drift TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.contracts TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.deliveries TO sbx_app;

GRANT SELECT(tenant_id) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(sandbox_id) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(endpoint_id) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(state) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(due_at),UPDATE(due_at) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(due_virtual),UPDATE(due_virtual) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT(created_at) ON TABLE sbx.deliveries TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.delivery_attempts TO sbx_app;

GRANT SELECT(started_at) ON TABLE sbx.delivery_attempts TO sbx_system;

GRANT SELECT(succeeded) ON TABLE sbx.delivery_attempts TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.delivery_lanes TO sbx_app;
GRANT SELECT ON TABLE sbx.delivery_lanes TO sbx_system;

GRANT SELECT,INSERT,UPDATE ON TABLE sbx.denied_hosts TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.device_codes TO sbx_app;
GRANT DELETE ON TABLE sbx.device_codes TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.device_codes TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_clients TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_emails TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_gateways TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_invitations TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_keys TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_sessions TO sbx_app;
GRANT DELETE ON TABLE sbx.directory_sessions TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.directory_sessions TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_signing_keys TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_slugs TO sbx_app;
GRANT SELECT ON TABLE sbx.directory_slugs TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.directory_user_codes TO sbx_app;
GRANT DELETE ON TABLE sbx.directory_user_codes TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.directory_user_codes TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.dry_run_heads TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.entities TO sbx_app;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.events TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.fault_counters TO sbx_app;

GRANT SELECT,INSERT,UPDATE ON TABLE sbx.flight_slots TO sbx_app;
GRANT SELECT,DELETE,UPDATE ON TABLE sbx.flight_slots TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.idempotency_records TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.inbox_messages TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.inbox_settings TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.invitations TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.journey_runs TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.journeys TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.layers TO sbx_app;

GRANT SELECT(tenant_id) ON TABLE sbx.layers TO sbx_system;

GRANT SELECT(id) ON TABLE sbx.layers TO sbx_system;

GRANT SELECT(sandbox_id) ON TABLE sbx.layers TO sbx_system;

GRANT SELECT(sweep_at) ON TABLE sbx.layers TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.ledger_balances TO sbx_app;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.ledger_entries TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.memberships TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.mounts TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.oauth_clients TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.oauth_grants TO sbx_app;
GRANT DELETE ON TABLE sbx.oauth_grants TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.oauth_grants TO sbx_system;

GRANT SELECT,INSERT,UPDATE ON TABLE sbx.rate_buckets TO sbx_app;
GRANT SELECT,DELETE ON TABLE sbx.rate_buckets TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.refresh_tokens TO sbx_app;
GRANT DELETE ON TABLE sbx.refresh_tokens TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.refresh_tokens TO sbx_system;

GRANT SELECT,DELETE ON TABLE sbx.request_log TO sbx_app;
GRANT SELECT,INSERT ON TABLE sbx.request_log TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.revoked_tokens TO sbx_app;
GRANT DELETE ON TABLE sbx.revoked_tokens TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.revoked_tokens TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.sandbox_authorities TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandbox_grants TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandbox_heads TO sbx_app;

GRANT SELECT(tenant_id) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(sandbox_id) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(clock_mode) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(clock_offset_us) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(clock_frozen_at) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(wake_at) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT(clock_claimed_until),UPDATE(clock_claimed_until) ON TABLE sbx.sandbox_heads TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandbox_settings TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sandboxes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.sessions TO sbx_app;
GRANT DELETE ON TABLE sbx.sessions TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.sessions TO sbx_system;

GRANT SELECT,DELETE ON TABLE sbx.spans TO sbx_app;
GRANT SELECT,INSERT ON TABLE sbx.spans TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.tenants TO sbx_app;

GRANT SELECT(tenant_id) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(name) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(rate_per_second),UPDATE(rate_per_second) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(burst),UPDATE(burst) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(in_flight),UPDATE(in_flight) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(sandboxes_max),UPDATE(sandboxes_max) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(sandbox_count) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(created_at) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(first_success_at),UPDATE(first_success_at) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(calls_per_day),UPDATE(calls_per_day) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT(calls_per_month),UPDATE(calls_per_month) ON TABLE sbx.tenants TO sbx_system;

GRANT SELECT,INSERT,DELETE ON TABLE sbx.timer_changes TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.timers TO sbx_app;

GRANT SELECT ON TABLE sbx.usage_days TO sbx_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.usage_days TO sbx_system;

GRANT SELECT ON TABLE sbx.usage_hours TO sbx_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.usage_hours TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.usage_writers TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.used_proofs TO sbx_app;
GRANT DELETE ON TABLE sbx.used_proofs TO sbx_system;

GRANT SELECT(expires_at) ON TABLE sbx.used_proofs TO sbx_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.users TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.webhook_endpoints TO sbx_app;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE sbx.webhook_secrets TO sbx_app;

ALTER DEFAULT PRIVILEGES FOR ROLE sbx_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

