-- The schema, and the one function that names a transaction's tenant.
-- Compatible: nothing existed before. The four roles are made by the bootstrap, not here.
CREATE SCHEMA IF NOT EXISTS sbx;
GRANT USAGE ON SCHEMA sbx TO sbx_app, sbx_edge, sbx_system;

-- A function is callable by those it is granted to, not by everybody.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

-- First statement of every unit of work. On Citus the body becomes
-- `EXECUTE format('SET LOCAL sbx.tenant = %L', $1)`, because set_config stays on one node.
CREATE FUNCTION sbx.enter(tenant uuid) RETURNS text
LANGUAGE sql VOLATILE
AS $$ SELECT pg_catalog.set_config('sbx.tenant', tenant::text, true) $$;

GRANT EXECUTE ON FUNCTION sbx.enter(uuid) TO sbx_app, sbx_system;
