-- Spans that partners' own programs send by OTLP: one partition a (UTC) day of arrival, because
-- their own times may be any. Ours are drawn from the request log (docs/decisions/0009), which
-- learns whose child a call was, so that both join in one tree.
-- `sbx_app` reaches the parent only, as in the request log; `sbx_system` writes by COPY.
-- Compatible: new table and functions, a nullable column.
CREATE TABLE sbx.spans (
    tenant_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    trace_id bytea NOT NULL,
    span_id bytea NOT NULL,
    received_at timestamptz NOT NULL,
    -- Null for the root of a trace.
    parent_span_id bytea,
    -- Nanoseconds since 1970, as sent.
    started_ns bigint NOT NULL,
    ended_ns bigint NOT NULL,
    -- Numbers of OTLP's SpanKind and StatusCode.
    kind integer NOT NULL,
    status integer NOT NULL,
    name text NOT NULL,
    -- `service.name` of the resource.
    service text,
    scope text,
    status_message text,
    -- Objects of what was kept; values that could be secrets are masked.
    attributes json NOT NULL,
    events json NOT NULL,
    CONSTRAINT spans_trace_id_check CHECK (octet_length(trace_id) = 16),
    CONSTRAINT spans_span_id_check CHECK (octet_length(span_id) = 8),
    CONSTRAINT spans_parent_span_id_check CHECK (octet_length(parent_span_id) = 8)
) PARTITION BY RANGE (received_at);
-- No unique key: a client may send a span twice, and COPY would refuse the whole batch.
CREATE INDEX spans_trace_id_idx ON sbx.spans (tenant_id, trace_id);
CREATE INDEX spans_sandbox_id_idx ON sbx.spans (tenant_id, sandbox_id, received_at);
ALTER TABLE sbx.spans ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.spans FORCE ROW LEVEL SECURITY;
CREATE POLICY spans_tenant_isolation ON sbx.spans
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, DELETE ON sbx.spans TO sbx_app;
GRANT SELECT, INSERT ON sbx.spans TO sbx_system;

-- The span of the caller, where it sent one.
ALTER TABLE sbx.request_log ADD COLUMN parent_span_id bytea;

-- As `ensure_request_log_partitions`, of one of the tables that have such partitions.
CREATE FUNCTION sbx.ensure_partitions(parent text, first date, days integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
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
GRANT EXECUTE ON FUNCTION sbx.ensure_partitions(text, date, integer) TO sbx_system;

-- Drops partitions of days before `kept`, which is how old rows go; answers how many.
CREATE FUNCTION sbx.drop_partitions(parent text, kept date) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
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
GRANT EXECUTE ON FUNCTION sbx.drop_partitions(text, date) TO sbx_system;
