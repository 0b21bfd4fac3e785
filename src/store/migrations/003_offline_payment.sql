-- Paying without a network, and by other ways than the provider's.

-- Which keys sign receipts and vouchers, as the root signed the list: one row, its number never goes back.
CREATE TABLE payment_keys (
    only   INTEGER PRIMARY KEY CHECK (only = 1),
    number INTEGER NOT NULL,
    body   TEXT NOT NULL
) STRICT;

-- Orders that were paid back, made at any booth: their receipts let nobody in any more.
CREATE TABLE refunded_orders (
    id TEXT PRIMARY KEY CHECK (length(id) = 32)
) STRICT, WITHOUT ROWID;

-- What the booth decided about money by itself, for the service to know. Sent in their order, kept when sent.
CREATE TABLE payment_reports (
    place   INTEGER PRIMARY KEY,
    mark    TEXT NOT NULL UNIQUE,              -- of the body: the same decision is told once
    body    TEXT NOT NULL,                     -- PaymentReport, JSON, sealed
    sent_at TEXT
) STRICT;

-- Cash that an attendant took: the number is on the student's slip. `day` is the booth's own, for the daily limit.
CREATE TABLE cash (
    number   INTEGER PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE REFERENCES orders (id),
    fee_fen  INTEGER NOT NULL,
    day      TEXT NOT NULL
) STRICT;

-- On what word an order was settled: of the service, of a receipt, of nine digits, of the attendant.
ALTER TABLE orders ADD COLUMN settled_by TEXT CHECK (settled_by IN ('service', 'receipt', 'digits', 'cash'));
