-- Which transitions of a lifecycle led to a state: what coverage is counted on.
-- Compatible: a nullable column.
ALTER TABLE sbx.changes
    -- `graph/transition`, in the order in which they were taken; null where no graph was run.
    ADD COLUMN transitions text[];
