-- Enrolling a booth by a one-time code. Only the hash of the code's token is kept.
CREATE TABLE invitations (
    token_sha256 TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    expires_ms   INTEGER NOT NULL,
    request      TEXT,                         -- EnrolRequest of the first booth that answered, JSON
    booth        TEXT REFERENCES booths (id)   -- once a person has compared the four words
) STRICT;
