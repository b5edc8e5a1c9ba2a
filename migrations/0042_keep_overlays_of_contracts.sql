-- The corrections that a tenant has sent for a contract: an OpenAPI Overlay, applied whenever the
-- document is read. It stands with the revision that it was applied to first and is taken over by
-- the next, so that what is mounted never changes.
-- Compatible: a column that is null for contracts without one; old code does not know it and would
-- make a revision without it.
ALTER TABLE sbx.contracts ADD COLUMN overlay bytea;
