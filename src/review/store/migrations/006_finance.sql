-- The finance office logs in: it sees money, no photos. People log in again: a table's CHECK cannot be changed in place.
DELETE FROM sessions;
CREATE TABLE people (
    name         TEXT PRIMARY KEY,
    password_phc TEXT NOT NULL,
    role         TEXT NOT NULL CHECK (role IN ('reviewer', 'admin', 'school', 'finance')),
    institution  TEXT REFERENCES institutions (code),
    failures     INTEGER NOT NULL DEFAULT 0,
    locked_ms    INTEGER NOT NULL DEFAULT 0,
    CHECK (role <> 'school' OR institution IS NOT NULL)
) STRICT;
INSERT INTO people SELECT name, password_phc, role, institution, failures, locked_ms FROM users;
DROP TABLE users;
ALTER TABLE people RENAME TO users;

-- what was done about an order is shown on its page of the books
CREATE INDEX audit_by_subject ON audit (subject, seq);
