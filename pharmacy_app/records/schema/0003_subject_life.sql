-- A subject's whole life: screening, consents, missed visits, unblindings, the end. Pools of kits.

ALTER TABLE subject ADD COLUMN ended_because TEXT CHECK (ended_because IN (
    'death', 'transplantation', 'withdrawal', 'lost', 'screen_failure', 'completed'));
ALTER TABLE subject ADD COLUMN ended_on TEXT;

ALTER TABLE kit ADD COLUMN pool TEXT NOT NULL DEFAULT '';

CREATE TABLE screening (
    subject_id   TEXT NOT NULL PRIMARY KEY,
    requested_by TEXT NOT NULL,
    reference    TEXT NOT NULL,
    screened_at  TEXT NOT NULL,
    failed_on    TEXT
) STRICT;

CREATE TABLE consent (
    subject_id TEXT NOT NULL REFERENCES subject (subject_id),
    stage      TEXT NOT NULL,
    given      INTEGER NOT NULL CHECK (given IN (0, 1)),
    dated      TEXT NOT NULL,
    reference  TEXT NOT NULL,
    PRIMARY KEY (subject_id, stage)
) STRICT;

CREATE TABLE missed_visit (
    subject_id TEXT NOT NULL REFERENCES subject (subject_id),
    visit      TEXT NOT NULL,
    because    TEXT NOT NULL,
    PRIMARY KEY (subject_id, visit)
) STRICT;

CREATE TABLE unblinding (
    seq        INTEGER NOT NULL,
    subject_id TEXT NOT NULL REFERENCES subject (subject_id),
    stage      TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('planned', 'accidental', 'emergency')),
    reference  TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (seq, stage)
) STRICT;
CREATE INDEX unblinding_by_subject ON unblinding (subject_id, seq);
