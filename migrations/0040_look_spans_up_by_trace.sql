-- A trace is looked up in its sandbox, so one index serves that and, by its first columns, the
-- sandbox's deletion. Each index on a table of spans costs every span that comes in.
-- Compatible: what the two that go were used for, the new one does.
CREATE INDEX spans_sandbox_id_trace_id_idx ON sbx.spans (tenant_id, sandbox_id, trace_id);
DROP INDEX sbx.spans_trace_id_idx;
DROP INDEX sbx.spans_sandbox_id_idx;
