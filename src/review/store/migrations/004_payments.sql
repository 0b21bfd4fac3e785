-- Money that goes back, other ways to pay, booths without a network, and the books that have to agree.

-- Makes the nine digits of a booth's orders: it follows from the booth's token. NULL until the booth was seen.
ALTER TABLE booths ADD COLUMN digits_key BLOB;

-- Prices that were replaced: an order that was signed before is honoured for a while.
CREATE TABLE prices (
    collection  TEXT NOT NULL REFERENCES collections (id),
    version     INTEGER NOT NULL,
    fee_fen     INTEGER NOT NULL,
    replaced_ms INTEGER NOT NULL,
    PRIMARY KEY (collection, version)
) STRICT, WITHOUT ROWID;

-- Money that has to go back, each piece once. The order is 'refunded' from the moment of the decision; this is how far
-- the money is. 'by_hand' is cash.
CREATE TABLE refunds (
    gateway         TEXT NOT NULL,
    provider_number TEXT NOT NULL,
    order_id        TEXT NOT NULL REFERENCES orders (id),
    amount_fen      INTEGER NOT NULL,
    why             TEXT NOT NULL CHECK (why IN ('paid_twice', 'other_amount', 'unusable', 'withdrawn')),
    state           TEXT NOT NULL CHECK (state IN ('wanted', 'asked', 'by_hand', 'done', 'failed')),
    decided_by      TEXT NOT NULL,
    decided_ms      INTEGER NOT NULL,
    ended_ms        INTEGER,
    trouble         TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (gateway, provider_number)
) STRICT;
CREATE INDEX refunds_open ON refunds (decided_ms) WHERE state IN ('wanted', 'asked');

CREATE TABLE vouchers (
    id         TEXT PRIMARY KEY,
    collection TEXT NOT NULL REFERENCES collections (id),
    issued_by  TEXT NOT NULL,
    issued_ms  INTEGER NOT NULL,
    student    TEXT,                           -- who spent it
    spent_ms   INTEGER
) STRICT;

-- Students whose school lets them pay later, until they have.
CREATE TABLE debts (
    student    TEXT NOT NULL,
    collection TEXT NOT NULL REFERENCES collections (id),
    since_ms   INTEGER NOT NULL,
    PRIMARY KEY (student, collection)
) STRICT, WITHOUT ROWID;

-- What booths decided about money by themselves, each once.
CREATE TABLE payment_reports (
    digest   TEXT PRIMARY KEY,
    booth    TEXT NOT NULL REFERENCES booths (id),
    body     TEXT NOT NULL,
    order_id TEXT,
    fits     INTEGER NOT NULL CHECK (fits IN (0, 1)),
    came_ms  INTEGER NOT NULL
) STRICT;

-- The provider's own bill, line by line, as it was read in.
CREATE TABLE bill_lines (
    gateway         TEXT NOT NULL,
    provider_number TEXT NOT NULL,
    order_id        TEXT NOT NULL,
    paid_fen        INTEGER NOT NULL,
    refunded_fen    INTEGER NOT NULL,
    PRIMARY KEY (gateway, provider_number)
) STRICT, WITHOUT ROWID;

-- Where the books do not agree: found once, owned by somebody, to be settled by a day.
CREATE TABLE mismatches (
    what       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    owner      TEXT NOT NULL,
    found_ms   INTEGER NOT NULL,
    due_ms     INTEGER NOT NULL,
    settled_ms INTEGER,
    PRIMARY KEY (what, subject)
) STRICT, WITHOUT ROWID;

-- The simulated provider pays back, too.
CREATE TABLE simulated_refunds (
    order_id    TEXT PRIMARY KEY,
    amount_fen  INTEGER NOT NULL,
    refunded_ms INTEGER NOT NULL
) STRICT;
