-- what the attendant measured in last, with the picture of the empty booth; one booth, one row
CREATE TABLE calibration (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    taken_at TEXT NOT NULL,
    facts    TEXT NOT NULL,
    plate    BLOB NOT NULL
) STRICT;
