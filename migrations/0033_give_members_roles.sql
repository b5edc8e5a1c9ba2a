-- Roles of members and of management keys, grants for single sandboxes, and invitations.
-- Compatible: what old code makes is an owner's, as it was; it reads none of the new columns.
ALTER TABLE sbx.memberships DROP CONSTRAINT memberships_role_check;
ALTER TABLE sbx.memberships ADD CONSTRAINT memberships_role_check CHECK (
    role IN ('owner', 'developer', 'support', 'viewer'));

-- What a member may do with one sandbox beyond its role in the tenant.
CREATE TABLE sbx.sandbox_grants (
    tenant_id uuid NOT NULL,
    user_id uuid NOT NULL,
    sandbox_id uuid NOT NULL,
    role text NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT sandbox_grants_pkey PRIMARY KEY (tenant_id, user_id, sandbox_id),
    CONSTRAINT sandbox_grants_user_id_fkey FOREIGN KEY (tenant_id, user_id)
        REFERENCES sbx.memberships (tenant_id, user_id) ON DELETE CASCADE,
    CONSTRAINT sandbox_grants_sandbox_id_fkey FOREIGN KEY (tenant_id, sandbox_id)
        REFERENCES sbx.sandboxes (tenant_id, id) ON DELETE CASCADE,
    CONSTRAINT sandbox_grants_role_check CHECK (role IN ('developer', 'support'))
);
CREATE INDEX sandbox_grants_sandbox_id_idx ON sbx.sandbox_grants (tenant_id, sandbox_id);
ALTER TABLE sbx.sandbox_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.sandbox_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY sandbox_grants_tenant_isolation ON sbx.sandbox_grants
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.sandbox_grants TO sbx_app;

-- A management key has a role; one that belongs to a member follows the member's.
ALTER TABLE sbx.api_keys ADD COLUMN role text NOT NULL DEFAULT 'owner';
ALTER TABLE sbx.api_keys ADD COLUMN user_id uuid;
ALTER TABLE sbx.api_keys ADD CONSTRAINT api_keys_role_check CHECK (
    role IN ('owner', 'developer', 'support', 'viewer'));
ALTER TABLE sbx.api_keys ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (tenant_id, user_id)
    REFERENCES sbx.users (tenant_id, id) ON DELETE CASCADE;
CREATE INDEX api_keys_user_id_idx ON sbx.api_keys (tenant_id, user_id) WHERE user_id IS NOT NULL;

ALTER TABLE sbx.directory_keys ADD COLUMN role text NOT NULL DEFAULT 'owner';
-- The member's grants as `{sandbox: role}`.
ALTER TABLE sbx.directory_keys ADD COLUMN grants json NOT NULL DEFAULT '{}';

CREATE FUNCTION sbx.edge_key_role(wanted bytea)
RETURNS TABLE (role text, grants json)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ SELECT k.role, k.grants FROM sbx.directory_keys k WHERE k.sha256 = wanted $$;
GRANT EXECUTE ON FUNCTION sbx.edge_key_role(bytea) TO sbx_edge;

CREATE TABLE sbx.invitations (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    email text NOT NULL,
    role text NOT NULL,
    sha256 bytea NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    accepted_at timestamptz,
    revoked_at timestamptz,
    CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id)
        REFERENCES sbx.tenants (tenant_id) ON DELETE CASCADE,
    CONSTRAINT invitations_role_check CHECK (role IN ('owner', 'developer', 'support', 'viewer')),
    CONSTRAINT invitations_sha256_check CHECK (octet_length(sha256) = 32),
    CONSTRAINT invitations_end_check CHECK (accepted_at IS NULL OR revoked_at IS NULL)
);
ALTER TABLE sbx.invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE sbx.invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY invitations_tenant_isolation ON sbx.invitations
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.invitations TO sbx_app;

CREATE TABLE sbx.directory_invitations (
    sha256 bytea NOT NULL,
    tenant_id uuid NOT NULL,
    invitation_id uuid NOT NULL,
    CONSTRAINT directory_invitations_pkey PRIMARY KEY (sha256)
);
ALTER TABLE sbx.directory_invitations ENABLE ROW LEVEL SECURITY;
CREATE POLICY directory_invitations_tenant_isolation ON sbx.directory_invitations
    USING (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid)
    WITH CHECK (tenant_id = nullif(current_setting('sbx.tenant', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_invitations TO sbx_app;

CREATE FUNCTION sbx.edge_invitation(wanted bytea)
RETURNS TABLE (tenant_id uuid, invitation_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.tenant_id, i.invitation_id FROM sbx.directory_invitations i WHERE i.sha256 = wanted
$$;
GRANT EXECUTE ON FUNCTION sbx.edge_invitation(bytea) TO sbx_edge;
