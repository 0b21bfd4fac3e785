-- The booth's one file. Ids are 32 hexadecimal digits drawn at random; times are RFC 3339 in UTC and are
-- shown and recorded only: no order of work depends on a clock. Every arrow between states is one transaction.

-- What the booth remembers of itself and of the service: one row.
CREATE TABLE booth (
    only          INTEGER PRIMARY KEY CHECK (only = 1),
    last_sequence INTEGER NOT NULL DEFAULT 0,  -- of the last confirmed submission; never goes back
    cursor        TEXT NOT NULL DEFAULT '',    -- how far the service's changes were applied
    epoch         TEXT,                        -- of the service's database: another one after a restore
    as_of         TEXT,                        -- when the service was last heard
    service_info  TEXT                         -- what it said of itself, JSON
) STRICT;
INSERT INTO booth (only) VALUES (1);

-- A fee asked. Durable before its payment code is drawn; only the provider's evidence ends 'open'.
CREATE TABLE orders (
    id            TEXT PRIMARY KEY CHECK (length(id) = 32),
    student       TEXT NOT NULL,
    collection    TEXT NOT NULL,
    fee_fen       INTEGER NOT NULL CHECK (fee_fen > 0),
    price_version INTEGER NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('open', 'settled', 'closed', 'refunded')),
    opened_at     TEXT NOT NULL,
    offered_at    TEXT,                        -- when its payment code was about to be shown for the first time
    ended_at      TEXT
) STRICT, WITHOUT ROWID;
-- nobody is asked twice at the same time
CREATE UNIQUE INDEX one_open_order ON orders (student, collection) WHERE state = 'open';

-- The right to be photographed in a collection; of the student, not of a photo.
CREATE TABLE entitlements (
    student    TEXT NOT NULL,
    collection TEXT NOT NULL,
    source     TEXT NOT NULL,                  -- EntitlementSource, JSON
    granted_at TEXT NOT NULL,
    PRIMARY KEY (student, collection)
) STRICT, WITHOUT ROWID;

-- Submissions made at this booth: the queue.
CREATE TABLE submissions (
    id            TEXT PRIMARY KEY CHECK (length(id) = 32),
    sequence      INTEGER NOT NULL UNIQUE,     -- order of confirming, by no clock
    student       TEXT NOT NULL,
    collection    TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN
        ('queued', 'delivered', 'held', 'under_review', 'approved', 'not_approved', 'withdrawn')),
    submitted_at  TEXT NOT NULL,
    manifest      BLOB,                        -- what is signed for; NULL once purged
    tries         INTEGER NOT NULL DEFAULT 0,
    last_trouble  TEXT,                        -- why the last try did not deliver
    held_because  TEXT,                        -- why the service refused, for the attendant
    receipt       TEXT,                        -- the service's signed word that it has it, JSON
    receipt_epoch TEXT,                        -- in which of the service's databases
    delivered_at  TEXT,                        -- when the receipt was stored
    purged_at     TEXT,
    CHECK (receipt IS NOT NULL OR state IN ('queued', 'held')),
    CHECK (purged_at IS NULL OR receipt IS NOT NULL)
) STRICT;
CREATE INDEX submissions_of ON submissions (student, collection);
CREATE INDEX submissions_in ON submissions (state, sequence);

-- Its pictures: apart, so that a list of the queue reads no photo; same transaction, always.
CREATE TABLE submission_pictures (
    submission TEXT PRIMARY KEY REFERENCES submissions (id),
    photo      BLOB NOT NULL,                  -- the standard photo, the bytes that were confirmed
    capture    BLOB NOT NULL                   -- the untouched still
) STRICT;

-- Submissions as the service knows them, made at any booth, with the reviewer's decision.
CREATE TABLE known_submissions (
    submission  TEXT PRIMARY KEY CHECK (length(submission) = 32),
    student     TEXT NOT NULL,
    collection  TEXT NOT NULL,
    state       TEXT NOT NULL,
    received_at TEXT NOT NULL,
    due         TEXT,
    decision    TEXT                           -- ReviewDecision, JSON
) STRICT, WITHOUT ROWID;
CREATE INDEX known_submissions_of ON known_submissions (student, collection);

-- What the service keeps and the booth only mirrors, as it came.
CREATE TABLE collections (
    id   TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE institutions (
    code TEXT PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE calendar (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    body TEXT NOT NULL
) STRICT;

-- Rosters hold marks of student numbers, never a name.
CREATE TABLE rosters (
    collection TEXT PRIMARY KEY,
    everyone   INTEGER NOT NULL CHECK (everyone IN (0, 1))  -- no list: every enrolment is admitted
) STRICT, WITHOUT ROWID;
CREATE TABLE roster_marks (
    collection TEXT NOT NULL REFERENCES rosters (collection) ON DELETE CASCADE,
    mark       TEXT NOT NULL,
    PRIMARY KEY (collection, mark)
) STRICT, WITHOUT ROWID;

-- Requests to the school or to customer service, sent when the service can be reached.
CREATE TABLE requests (
    id      TEXT PRIMARY KEY CHECK (length(id) = 32),
    made_at TEXT NOT NULL,
    body    TEXT NOT NULL,                     -- ServiceRequest, JSON
    state   TEXT NOT NULL CHECK (state IN ('waiting', 'open', 'granted', 'refused')),
    answer  TEXT NOT NULL DEFAULT '',
    place   INTEGER NOT NULL                   -- order of asking
) STRICT, WITHOUT ROWID;

-- Small things that outlive a restart.
CREATE TABLE settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong PINs and wrong last fours, counted across restarts; needs no clock.
CREATE TABLE wrong_tries (
    what  TEXT NOT NULL,
    whose TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (what, whose)
) STRICT, WITHOUT ROWID;

-- What people in charge did. Only ever appended to.
CREATE TABLE audit (
    place  INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    what   TEXT NOT NULL,
    about  TEXT NOT NULL DEFAULT ''
) STRICT;
