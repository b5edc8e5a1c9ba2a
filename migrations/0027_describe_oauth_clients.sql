-- What a client has registered (RFC 7591), and clients without a secret: public ones, and those
-- that sign or show a certificate.
-- Compatible: old code goes on writing secrets and reads none that are missing; an empty document
-- means a client with a secret and the grant client_credentials.
ALTER TABLE sbx.oauth_clients ALTER COLUMN secret_sha256 DROP NOT NULL;
ALTER TABLE sbx.oauth_clients ALTER COLUMN secret_prefix DROP NOT NULL;
ALTER TABLE sbx.oauth_clients ADD COLUMN metadata json NOT NULL DEFAULT '{}';
-- SHA-256 of the registration access token (RFC 7592); null for the client a sandbox is born with.
ALTER TABLE sbx.oauth_clients ADD COLUMN registration_sha256 bytea;
ALTER TABLE sbx.oauth_clients ADD CONSTRAINT oauth_clients_metadata_check
    CHECK (json_typeof(metadata) = 'object');
ALTER TABLE sbx.directory_clients ALTER COLUMN secret_sha256 DROP NOT NULL;
