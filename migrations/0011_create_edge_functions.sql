-- The edge role's only door: exact matches over the directory, one row or none.
-- Compatible: new functions only.
CREATE FUNCTION sbx.edge_slug(wanted text)
RETURNS TABLE (tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.slug = wanted
$$;

CREATE FUNCTION sbx.edge_sandbox(wanted uuid)
RETURNS TABLE (tenant_id uuid, sandbox_id uuid, slug text, state text, expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT s.tenant_id, s.sandbox_id, s.slug, s.state, s.expires_at
    FROM sbx.directory_slugs s
    WHERE s.sandbox_id = wanted
$$;

CREATE FUNCTION sbx.edge_key(wanted bytea)
RETURNS TABLE (
    tenant_id uuid, key_id uuid, kind text, scopes text, expires_at timestamptz,
    revoked_at timestamptz, sandbox_id uuid, sandbox_slug text, sandbox_state text,
    sandbox_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT
        k.tenant_id, k.key_id, k.kind, k.scopes, k.expires_at,
        k.revoked_at, k.sandbox_id, s.slug, s.state,
        s.expires_at
    FROM sbx.directory_keys k
    LEFT JOIN sbx.directory_slugs s ON s.sandbox_id = k.sandbox_id
    WHERE k.sha256 = wanted
$$;

CREATE FUNCTION sbx.edge_email(wanted bytea)
RETURNS TABLE (tenant_id uuid, user_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT e.tenant_id, e.user_id FROM sbx.directory_emails e WHERE e.sha256 = wanted
$$;

CREATE FUNCTION sbx.edge_client(wanted uuid)
RETURNS TABLE (
    tenant_id uuid, client_id uuid, sandbox_id uuid, secret_sha256 bytea, scopes text,
    sandbox_slug text, sandbox_state text, sandbox_expires_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT
        c.tenant_id, c.client_id, c.sandbox_id, c.secret_sha256, c.scopes,
        s.slug, s.state, s.expires_at
    FROM sbx.directory_clients c
    LEFT JOIN sbx.directory_slugs s ON s.sandbox_id = c.sandbox_id
    WHERE c.client_id = wanted
$$;

GRANT EXECUTE ON FUNCTION
    sbx.edge_slug(text), sbx.edge_sandbox(uuid), sbx.edge_key(bytea), sbx.edge_email(bytea),
    sbx.edge_client(uuid)
TO sbx_edge;
