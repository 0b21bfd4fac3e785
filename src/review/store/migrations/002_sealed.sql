-- Booths sign what they seal. A booth that was enrolled before has no key here and sends as it did.
ALTER TABLE booths ADD COLUMN public_key BLOB CHECK (public_key IS NULL OR length(public_key) = 32);
-- how far the booth said that it was, and when that last changed
ALTER TABLE booths ADD COLUMN head_sequence INTEGER NOT NULL DEFAULT 0;
ALTER TABLE booths ADD COLUMN head_envelope TEXT;
ALTER TABLE booths ADD COLUMN head_ms INTEGER NOT NULL DEFAULT 0;
-- two booths speak with one key, or one was set back to an older disk
ALTER TABLE booths ADD COLUMN forked_ms INTEGER;

-- What the booth signed when Submit was pressed: proves for years that the photo is the student's confirmed one,
-- because it holds the hash of manifest, photo and capture together.
CREATE TABLE submission_envelopes (
    submission TEXT PRIMARY KEY REFERENCES submissions (id),
    booth      TEXT NOT NULL REFERENCES booths (id),
    sequence   INTEGER NOT NULL,
    envelope   BLOB NOT NULL,
    signature  BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX submission_envelopes_in_order ON submission_envelopes (booth, sequence);
