-- A worker claims an endpoint's deliveries in the order (due_at, revision, id). The index that had
-- only the first of these made each claim sort all that were pending. What waits for a sandbox's
-- clock is looked for by an index of its own and stays out of this one, so that neither look is
-- planned as a pass over the other's rows.
-- Compatible: claims of old code find the same rows by the primary key, slower, until it is gone.
CREATE INDEX deliveries_due_idx
    ON sbx.deliveries (tenant_id, sandbox_id, endpoint_id, due_at, revision, id)
    WHERE state = 'pending' AND due_virtual IS NULL;
DROP INDEX sbx.deliveries_pending_idx;
