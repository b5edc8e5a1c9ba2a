-- The issuer's signing keys: one set for the whole installation, so they belong to no tenant (on
-- Citus a reference table). The private part is sealed under the master key, which the database
-- never sees. A key is published from its first day, signs from `signs_from`, and is trusted until
-- `trusted_until`, which a rotation sets to when the last token it signed has ended. That may lie
-- before `created_at`: a leaked key must end also when a clock has been put back since.
-- Compatible: a new table only.
CREATE TABLE sbx.directory_signing_keys (
    -- SHA-256 thumbprint of the public key in base64url (RFC 7638): the `kid`.
    kid text NOT NULL,
    algorithm text NOT NULL,
    -- AES-256-GCM over PKCS #8: nonce, ciphertext, tag.
    sealed bytea NOT NULL,
    created_at timestamptz NOT NULL,
    signs_from timestamptz NOT NULL,
    trusted_until timestamptz,
    CONSTRAINT directory_signing_keys_pkey PRIMARY KEY (kid),
    CONSTRAINT directory_signing_keys_algorithm_check CHECK (
        algorithm IN ('ES256', 'RS256', 'PS256', 'EdDSA'))
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sbx.directory_signing_keys TO sbx_system;
