-- Rebuilds two primary keys, so that they are the youngest index of their table. On a table
-- without statistics the planner sees equal costs for a look-up by key and for a scan of all rows
-- of one type, and takes the youngest index; prepared plans keep that choice until the first
-- ANALYZE, a minute in which a look-up would read every object of its type.
-- Compatible: same constraints under the same names; nothing refers to these tables.
ALTER TABLE sbx.entities DROP CONSTRAINT entities_pkey;
ALTER TABLE sbx.entities ADD CONSTRAINT entities_pkey
    PRIMARY KEY (tenant_id, layer_id, contract, type, entity_id);
ALTER TABLE sbx.events DROP CONSTRAINT events_pkey;
ALTER TABLE sbx.events ADD CONSTRAINT events_pkey PRIMARY KEY (tenant_id, layer_id, id);
