-- A client's secret is rotated with an overlap: the one before works until its time is over.
-- Compatible: old code knows the newest secret only.
ALTER TABLE sbx.oauth_clients ADD COLUMN previous_sha256 bytea;
ALTER TABLE sbx.oauth_clients ADD COLUMN previous_until timestamptz;
ALTER TABLE sbx.oauth_clients ADD CONSTRAINT oauth_clients_previous_check CHECK (
    previous_sha256 IS NULL AND previous_until IS NULL
        OR octet_length(previous_sha256) = 32 AND previous_until IS NOT NULL);
