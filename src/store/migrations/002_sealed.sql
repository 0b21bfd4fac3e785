-- Sealed at Submit, and what names a person sealed at rest. `mark`, `sealed` and `opened` are functions of the
-- connection (store/vault.rs). What earlier versions queued keeps its bytes and is sent as it was confirmed: the
-- service may have signed for exactly those.

ALTER TABLE booth ADD COLUMN key_check TEXT;                  -- opens with the right state key only
ALTER TABLE booth ADD COLUMN last_envelope TEXT;              -- hash of the last envelope: the next one names it
UPDATE booth SET key_check = sealed('key check', 'gradbooth');

-- A confirmed submission: only the review service can open `contents`.
CREATE TABLE sealed_submissions (
    submission TEXT PRIMARY KEY REFERENCES submissions (id),
    envelope   BLOB NOT NULL,                  -- JSON, names nobody; what the receipt is over
    signature  BLOB NOT NULL CHECK (length(signature) = 64),
    contents   BLOB NOT NULL
) STRICT;
-- Older submissions have their pictures in `submission_pictures` and their manifest beside their state.

-- A student's reference is found again by its mark; where it must be said again, it lies sealed beside.
ALTER TABLE orders ADD COLUMN student_sealed TEXT;
UPDATE orders SET student_sealed = sealed('order ' || id, student);
UPDATE orders SET student = mark(student);
UPDATE entitlements SET student = mark(student);
UPDATE submissions SET student = mark(student);
UPDATE known_submissions SET student = mark(student),
    decision = sealed('decision ' || submission, decision);
ALTER TABLE wrong_tries ADD COLUMN whose_sealed TEXT;
UPDATE wrong_tries SET whose_sealed = sealed('wrong try', whose);
UPDATE wrong_tries SET whose = mark(whose);
UPDATE roster_marks SET mark = mark(mark);
UPDATE requests SET body = sealed('request ' || id, body) WHERE body <> '';
UPDATE requests SET answer = sealed('answer ' || id, answer) WHERE answer <> '';
