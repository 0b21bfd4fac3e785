-- Pictures that students sent from their phones to a booth: one a student and collection, for an hour, and kept nowhere
-- else. What becomes of one is in the submission that a booth makes of it.
CREATE TABLE album_pictures (
    student    TEXT NOT NULL,
    collection TEXT NOT NULL REFERENCES collections (id),
    taken      TEXT NOT NULL,
    jpeg       BLOB NOT NULL,
    times      INTEGER NOT NULL,
    sent_ms    INTEGER NOT NULL,
    PRIMARY KEY (student, collection)
) STRICT, WITHOUT ROWID;
