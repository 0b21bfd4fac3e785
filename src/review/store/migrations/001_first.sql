-- The service's first tables. Times are milliseconds since 1970 in UTC; amounts are fen; ids are hexadecimal.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- What booths pull: one row for each thing that changed, renumbered whenever it changes again.
CREATE TABLE feed (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key  TEXT NOT NULL,
    UNIQUE (kind, key)
) STRICT;

CREATE TABLE booths (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    token_sha256 TEXT NOT NULL UNIQUE,
    enrolled_ms  INTEGER NOT NULL,
    revoked_ms   INTEGER,
    seen_ms      INTEGER
) STRICT;

CREATE TABLE institutions (
    code    TEXT PRIMARY KEY,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL DEFAULT '',
    aliases TEXT NOT NULL DEFAULT '[]'
) STRICT;

-- `body` is the collection as booths receive it; the columns beside it are what is searched by.
CREATE TABLE collections (
    id          TEXT PRIMARY KEY,
    institution TEXT NOT NULL REFERENCES institutions (code),
    category    TEXT NOT NULL,
    admits      TEXT NOT NULL CHECK (admits IN ('everyone', 'listed')),
    body        TEXT NOT NULL
) STRICT;

-- Student numbers only: names and ID numbers may not be given to a collector.
CREATE TABLE rosters (
    collection     TEXT NOT NULL REFERENCES collections (id),
    student_number TEXT NOT NULL,
    added_by       TEXT NOT NULL,
    added_ms       INTEGER NOT NULL,
    PRIMARY KEY (collection, student_number)
) STRICT, WITHOUT ROWID;

-- The phone number itself is not kept: `phone_ref` is a keyed hash, `phone_masked` is for the screen.
CREATE TABLE sign_ins (
    id           TEXT PRIMARY KEY,
    booth        TEXT NOT NULL REFERENCES booths (id),
    language     TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('waiting', 'scanned', 'agreed', 'confirmed', 'refused')),
    holder       TEXT,
    phone_ref    TEXT,
    phone_masked TEXT,
    began_ms     INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
    id             TEXT PRIMARY KEY,
    booth          TEXT NOT NULL REFERENCES booths (id),
    student        TEXT NOT NULL,
    collection     TEXT NOT NULL REFERENCES collections (id),
    fee_fen        INTEGER NOT NULL CHECK (fee_fen > 0),
    price_version  INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('open', 'settled', 'closed', 'refunded')),
    payment_url    TEXT NOT NULL,
    made_ms        INTEGER NOT NULL,
    expires_ms     INTEGER NOT NULL,
    receipt_number TEXT UNIQUE
) STRICT;
CREATE INDEX orders_by_student ON orders (student, collection);
CREATE INDEX orders_open ON orders (expires_ms) WHERE state = 'open';

-- Money that arrived, by the provider's evidence.
CREATE TABLE payments (
    order_id        TEXT PRIMARY KEY REFERENCES orders (id),
    gateway         TEXT NOT NULL,
    provider_number TEXT NOT NULL,
    amount_fen      INTEGER NOT NULL,
    paid_ms         INTEGER NOT NULL,
    UNIQUE (gateway, provider_number)
) STRICT;

CREATE TABLE entitlements (
    student    TEXT NOT NULL,
    collection TEXT NOT NULL REFERENCES collections (id),
    source     TEXT NOT NULL,
    given_ms   INTEGER NOT NULL,
    PRIMARY KEY (student, collection)
) STRICT, WITHOUT ROWID;

CREATE TABLE submissions (
    id              TEXT PRIMARY KEY,
    booth           TEXT NOT NULL REFERENCES booths (id),
    sequence        INTEGER NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    student         TEXT NOT NULL,
    student_number  TEXT NOT NULL,
    masked_name     TEXT NOT NULL,
    institution     TEXT NOT NULL,
    category        TEXT NOT NULL,
    collection      TEXT NOT NULL REFERENCES collections (id),
    imported        INTEGER NOT NULL,
    phone_ref       TEXT,
    captured_ms     INTEGER NOT NULL,
    received_ms     INTEGER NOT NULL,
    due             TEXT NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('under_review', 'approved', 'not_approved', 'withdrawn')),
    -- the very bytes that were answered; given again, never made again
    receipt         BLOB
) STRICT;
CREATE INDEX submissions_queue ON submissions (received_ms, id) WHERE state = 'under_review';
CREATE INDEX submissions_by_student ON submissions (student, collection);
CREATE INDEX submissions_by_phone ON submissions (phone_ref) WHERE phone_ref IS NOT NULL;
-- a student has at most one submission that stands in a collection, whatever races
CREATE UNIQUE INDEX submissions_standing ON submissions (student, collection)
    WHERE state IN ('under_review', 'approved');

-- The bytes, in the same transaction as their row. Sealed submissions (a later form) will have a table of
-- their own, because the service itself cannot read those pictures.
CREATE TABLE submission_parts (
    submission TEXT PRIMARY KEY REFERENCES submissions (id),
    manifest   BLOB NOT NULL,
    photo      BLOB NOT NULL,
    capture    BLOB NOT NULL
) STRICT;

-- Manifests that came under an id already taken: kept for whoever has to find out why.
CREATE TABLE conflicting_manifests (
    submission      TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    manifest        BLOB NOT NULL,
    booth           TEXT NOT NULL,
    came_ms         INTEGER NOT NULL,
    PRIMARY KEY (submission, manifest_sha256)
) STRICT;

CREATE TABLE decisions (
    id         TEXT PRIMARY KEY,
    submission TEXT NOT NULL UNIQUE REFERENCES submissions (id),
    reviewer   TEXT NOT NULL,
    decision   TEXT NOT NULL,
    decided_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE requests (
    id          TEXT PRIMARY KEY,
    booth       TEXT NOT NULL REFERENCES booths (id),
    institution TEXT NOT NULL,
    kind        TEXT NOT NULL,
    body        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    answer      TEXT NOT NULL DEFAULT '',
    came_ms     INTEGER NOT NULL,
    answered_by TEXT,
    answered_ms INTEGER
) STRICT;

CREATE TABLE users (
    name         TEXT PRIMARY KEY,
    password_phc TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('reviewer', 'admin', 'school')),
    institution  TEXT REFERENCES institutions (code),
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_ms    INTEGER NOT NULL DEFAULT 0,
    CHECK (role <> 'school' OR institution IS NOT NULL)
) STRICT;

CREATE TABLE sessions (
    token_sha256 TEXT PRIMARY KEY,
    user         TEXT NOT NULL REFERENCES users (name),
    csrf         TEXT NOT NULL,
    expires_ms   INTEGER NOT NULL
) STRICT;

-- Who did what, for ever. `subject` is an id, never a name.
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at_ms   INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail  TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER audit_is_append_only_u BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_is_append_only_d BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- The simulated provider's own book: what a real provider would know on its side.
CREATE TABLE simulated_provider (
    order_id        TEXT PRIMARY KEY,
    amount_fen      INTEGER NOT NULL,
    state           TEXT NOT NULL CHECK (state IN ('not_paid', 'paid', 'closed')),
    provider_number TEXT,
    paid_ms         INTEGER
) STRICT;
