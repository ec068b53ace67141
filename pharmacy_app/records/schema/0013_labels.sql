-- Labels beside the bag's, labels that came out spoiled, and the rolls that they are printed on.

CREATE TABLE label_roll (
    roll_id   TEXT NOT NULL PRIMARY KEY,
    printer   TEXT NOT NULL,
    labels    INTEGER NOT NULL CHECK (labels > 0),
    loaded_at TEXT NOT NULL,
    remaining INTEGER CHECK (remaining >= 0),
    lost      INTEGER CHECK (lost >= 0),
    because   TEXT NOT NULL DEFAULT '',
    closed_at TEXT
) STRICT;
CREATE UNIQUE INDEX one_roll_a_printer ON label_roll (printer) WHERE closed_at IS NULL;

DROP TABLE label;
CREATE TABLE label (
    label_id   TEXT NOT NULL PRIMARY KEY,
    dose_id    TEXT NOT NULL REFERENCES dose (dose_id),
    copy       INTEGER NOT NULL CHECK (copy BETWEEN 1 AND 99),
    label_kind TEXT NOT NULL CHECK (label_kind IN ('bag', 'outer', 'small')),
    state      TEXT NOT NULL CHECK (state IN
        ('reserved', 'spooled', 'failed', 'verified', 'void', 'spoiled')),
    symbol     TEXT NOT NULL UNIQUE,
    paper      TEXT NOT NULL,
    picture    TEXT NOT NULL,
    printed    INTEGER NOT NULL DEFAULT 0 CHECK (printed IN (0, 1)),
    printer    TEXT NOT NULL DEFAULT '',
    roll_id    TEXT REFERENCES label_roll (roll_id),
    since      TEXT NOT NULL,
    UNIQUE (dose_id, copy)
) STRICT;
CREATE INDEX label_unresolved ON label (since) WHERE state IN ('reserved', 'spooled');
CREATE INDEX label_by_roll ON label (roll_id) WHERE roll_id IS NOT NULL;
-- An older file's labels: its state is filled from the events right after this.
