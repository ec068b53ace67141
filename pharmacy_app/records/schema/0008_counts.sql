-- Stock counts: what was scanned where and what the record said at that moment, and what differed.

CREATE TABLE stock_count (
    count_id  TEXT NOT NULL PRIMARY KEY,
    scope     TEXT NOT NULL,
    state     TEXT NOT NULL
        CHECK (state IN ('counting', 'recount', 'resolving', 'done', 'abandoned')),
    round     INTEGER NOT NULL CHECK (round >= 1),
    opened_by TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;
CREATE INDEX stock_count_by_opening ON stock_count (opened_at);

CREATE TABLE counted_box (
    count_id   TEXT NOT NULL REFERENCES stock_count (count_id),
    round      INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    box        TEXT NOT NULL,
    counted_by TEXT,
    begun_at   TEXT,
    done_at    TEXT,
    PRIMARY KEY (count_id, round, box)
) STRICT;
CREATE INDEX counted_box_by_box ON counted_box (box, done_at);
CREATE INDEX open_boxes ON counted_box (count_id, round, counted_by)
    WHERE begun_at IS NOT NULL AND done_at IS NULL;

-- ``state`` and ``recorded`` are those of the record at the moment of the scan.
CREATE TABLE counted_kit (
    count_id   TEXT NOT NULL REFERENCES stock_count (count_id),
    round      INTEGER NOT NULL,
    box        TEXT NOT NULL,
    kit_number TEXT NOT NULL,
    position   TEXT,
    state      TEXT,
    recorded   TEXT,
    seq        INTEGER NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (count_id, round, box, kit_number)
) STRICT;
CREATE INDEX counted_kit_by_kit ON counted_kit (count_id, round, kit_number);

-- What the record said lay in a box for the whole time in which it was counted.
CREATE TABLE due_kit (
    count_id   TEXT NOT NULL REFERENCES stock_count (count_id),
    round      INTEGER NOT NULL,
    box        TEXT NOT NULL,
    kit_number TEXT NOT NULL,
    recorded   TEXT,
    PRIMARY KEY (count_id, round, box, kit_number)
) STRICT;

CREATE TABLE count_difference (
    count_id    TEXT NOT NULL REFERENCES stock_count (count_id),
    kit_number  TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN (
        'misfiled', 'swapped', 'missing', 'unplaced', 'off_shelf', 'not_received', 'unknown',
        'twice')),
    recorded    TEXT NOT NULL,
    found       TEXT NOT NULL,
    pair        TEXT NOT NULL,
    outcome     TEXT CHECK (outcome IN ('placed', 'lost', 'found', 'set_apart', 'explained')),
    cause       TEXT,
    remarks     TEXT NOT NULL DEFAULT '',
    resolved_by TEXT,
    resolved_at TEXT,
    PRIMARY KEY (count_id, kit_number)
) STRICT;

-- The age of an uncounted box is that of the oldest kit in it.
CREATE INDEX kit_place_now ON kit_place (position, since) WHERE until IS NULL;
