-- Storage: what a unit is and how its places are labelled, blocked places, daily checks.
-- The table made anew is filled from the events.

DROP TABLE storage_unit;
CREATE TABLE storage_unit (
    unit           TEXT NOT NULL PRIMARY KEY,
    name           TEXT NOT NULL,
    kind           TEXT NOT NULL
        CHECK (kind IN ('ln2_tank', 'freezer', 'refrigerator', 'room')),
    limit_c        TEXT NOT NULL,
    coldest_c      TEXT,
    least_level_cm TEXT,
    racks          INTEGER NOT NULL CHECK (racks BETWEEN 1 AND 99),
    boxes          INTEGER NOT NULL CHECK (boxes BETWEEN 1 AND 99),
    "rows"         INTEGER NOT NULL CHECK ("rows" BETWEEN 1 AND 26),
    columns        INTEGER NOT NULL CHECK (columns BETWEEN 1 AND 26),
    places         TEXT NOT NULL DEFAULT 'letters'
        CHECK (places IN ('letters', 'by_row', 'by_column')),
    leading_zeros  INTEGER NOT NULL DEFAULT 0 CHECK (leading_zeros IN (0, 1)),
    rack_labels    TEXT NOT NULL DEFAULT 'numbers' CHECK (rack_labels IN ('numbers', 'letters')),
    box_labels     TEXT NOT NULL DEFAULT 'numbers' CHECK (box_labels IN ('numbers', 'letters')),
    added_at       TEXT NOT NULL
) STRICT;

CREATE TABLE blocked_place (
    position   TEXT NOT NULL PRIMARY KEY,
    unit       TEXT NOT NULL REFERENCES storage_unit (unit),
    why        TEXT NOT NULL CHECK (why IN ('broken', 'reserved')),
    remarks    TEXT NOT NULL,
    blocked_at TEXT NOT NULL
) STRICT;

CREATE TABLE unit_check (
    seq           INTEGER NOT NULL PRIMARY KEY,
    unit          TEXT NOT NULL REFERENCES storage_unit (unit),
    temperature_c TEXT,
    level_cm      TEXT,
    within        INTEGER NOT NULL CHECK (within IN (0, 1)),
    remarks       TEXT NOT NULL,
    actor         TEXT NOT NULL,
    at            TEXT NOT NULL
) STRICT;
CREATE INDEX unit_check_by_unit ON unit_check (unit, seq);
