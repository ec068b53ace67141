-- Storage: what a unit is and how its places are labelled, blocked places, daily checks, picks put back.

ALTER TABLE storage_unit ADD COLUMN kind TEXT NOT NULL DEFAULT 'ln2_tank'
    CHECK (kind IN ('ln2_tank', 'freezer', 'refrigerator', 'room'));
ALTER TABLE storage_unit ADD COLUMN coldest_c TEXT;
ALTER TABLE storage_unit ADD COLUMN least_level_cm TEXT;
ALTER TABLE storage_unit ADD COLUMN places TEXT NOT NULL DEFAULT 'letters'
    CHECK (places IN ('letters', 'by_row', 'by_column'));
ALTER TABLE storage_unit ADD COLUMN leading_zeros INTEGER NOT NULL DEFAULT 0
    CHECK (leading_zeros IN (0, 1));
ALTER TABLE storage_unit ADD COLUMN rack_labels TEXT NOT NULL DEFAULT 'numbers'
    CHECK (rack_labels IN ('numbers', 'letters'));
ALTER TABLE storage_unit ADD COLUMN box_labels TEXT NOT NULL DEFAULT 'numbers'
    CHECK (box_labels IN ('numbers', 'letters'));
ALTER TABLE storage_unit ADD COLUMN added_at TEXT NOT NULL DEFAULT '';

-- What a unit of the first version is, its limit tells; the thresholds are those of `kind_for`.
UPDATE storage_unit SET
    kind = CASE
        WHEN CAST(limit_c AS REAL) <= -120 THEN 'ln2_tank'
        WHEN CAST(limit_c AS REAL) < 0 THEN 'freezer'
        WHEN CAST(limit_c AS REAL) <= 10 THEN 'refrigerator'
        ELSE 'room' END,
    added_at = (SELECT recorded_at FROM event WHERE about = 'unit/' || unit ORDER BY seq LIMIT 1);

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
CREATE INDEX unit_check_by_unit ON unit_check (unit, at);
