-- The request log: one row a call, with its decision record; one partition a (UTC) day.
-- `sbx_app` reaches the parent only, whose policy does not cover a partition queried directly.
-- `sbx_system` writes by COPY and makes partitions through the function.
-- Compatible: new table and function only.
CREATE TABLE sbx.request_log (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    -- Wall time; its milliseconds are those inside `id`, so a look-up by id finds its partition.
    started_at timestamptz NOT NULL,
    sandbox_id uuid,
    duration_us bigint NOT NULL,
    method text NOT NULL,
    path text NOT NULL,
    contract text,
    operation text,
    status integer NOT NULL,
    -- Code of the problem or simulated error, null when it went well.
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
    CONSTRAINT request_log_pkey PRIMARY KEY (tenant_id, id, started_at),
    CONSTRAINT request_log_decision_check CHECK (octet_length(decision::text) <= 2048),
    CONSTRAINT request_log_trace_id_check CHECK (octet_length(trace_id) = 16),
    CONSTRAINT request_log_span_id_check CHECK (octet_length(span_id) = 8)
) PARTITION BY RANGE (started_at);
CREATE INDEX request_log_sandbox_id_idx ON sbx.request_log (tenant_id, sandbox_id, started_at);
CREATE INDEX request_log_trace_id_idx ON sbx.request_log (tenant_id, trace_id);
ALTER TABLE sbx.request_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.request_log FORCE ROW LEVEL SECURITY;
CREATE POLICY request_log_tenant_isolation ON sbx.request_log
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, DELETE ON sbx.request_log TO sbx_app;
GRANT SELECT, INSERT ON sbx.request_log TO sbx_system;

-- Makes the partitions of `days` days from `first` on, where they are missing; answers how many
-- it made. At most 32 at once.
CREATE FUNCTION sbx.ensure_request_log_partitions(first date, days integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
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
GRANT EXECUTE ON FUNCTION sbx.ensure_request_log_partitions(date, integer) TO sbx_system;
