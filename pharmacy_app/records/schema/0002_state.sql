-- The current state, derived from the ledger and nothing else; replay makes it again from nothing.
-- Times are RFC 3339 in UTC with six decimals, as the ledger writes them: text order is time order.

CREATE TABLE site (
    only_one           INTEGER NOT NULL PRIMARY KEY CHECK (only_one = 1),
    site               TEXT NOT NULL,
    trial_code         TEXT NOT NULL,
    sponsor_public_key BLOB NOT NULL CHECK (length(sponsor_public_key) = 32),
    training           INTEGER NOT NULL CHECK (training IN (0, 1)),
    founded_at         TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    person_id    TEXT NOT NULL PRIMARY KEY,
    printed_name TEXT NOT NULL,
    roles        TEXT NOT NULL,
    public_key   BLOB NOT NULL CHECK (length(public_key) = 32)
) STRICT;

CREATE TABLE package (
    number        INTEGER NOT NULL PRIMARY KEY,
    trial_version INTEGER NOT NULL,
    sha256        TEXT NOT NULL UNIQUE,
    content       TEXT NOT NULL,
    imported_at   TEXT NOT NULL
) STRICT;

CREATE TABLE storage_unit (
    unit    TEXT NOT NULL PRIMARY KEY,
    name    TEXT NOT NULL,
    limit_c TEXT NOT NULL,
    racks   INTEGER NOT NULL CHECK (racks BETWEEN 1 AND 99),
    boxes   INTEGER NOT NULL CHECK (boxes BETWEEN 1 AND 99),
    "rows"  INTEGER NOT NULL CHECK ("rows" BETWEEN 1 AND 26),
    columns INTEGER NOT NULL CHECK (columns BETWEEN 1 AND 26)
) STRICT;

CREATE TABLE shipment (
    shipment_id   TEXT NOT NULL PRIMARY KEY,
    despatched_at TEXT NOT NULL,
    logger_serial TEXT NOT NULL,
    state         TEXT NOT NULL CHECK (state IN ('advised', 'open', 'received')),
    opened_at     TEXT,
    received_at   TEXT
) STRICT;

CREATE TABLE kit (
    kit_number  TEXT NOT NULL PRIMARY KEY,
    kit_type    TEXT NOT NULL,
    lot         TEXT NOT NULL,
    blinded_lot TEXT NOT NULL,
    expiry      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN (
        'expected', 'available', 'pre_quarantined', 'quarantined', 'rejected', 'damaged', 'missing',
        'assigned', 'out_of_storage', 'thawed', 'prepared', 'released', 'handed_over', 'infused',
        'partly_infused', 'returned', 'wasted')),
    shipment_id TEXT NOT NULL REFERENCES shipment (shipment_id),
    position    TEXT,
    dose_id     TEXT,
    because     TEXT NOT NULL DEFAULT '',
    seconds_out INTEGER NOT NULL DEFAULT 0 CHECK (seconds_out >= 0),
    out_since   TEXT,
    CONSTRAINT only_shelved_kits_have_a_place CHECK (
        position IS NULL OR state IN (
            'available', 'pre_quarantined', 'quarantined', 'rejected', 'damaged', 'assigned')),
    CONSTRAINT an_assigned_kit_has_a_dose CHECK (state <> 'assigned' OR dose_id IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX one_kit_a_position ON kit (position) WHERE position IS NOT NULL;
CREATE UNIQUE INDEX one_open_assignment_a_kit ON kit (dose_id)
    WHERE state IN ('assigned', 'out_of_storage', 'thawed', 'prepared', 'released');
CREATE INDEX kit_first_expiry_first ON kit (state, kit_type, expiry, kit_number);
CREATE INDEX kit_by_expiry ON kit (expiry, kit_number);
CREATE INDEX kit_by_shipment ON kit (shipment_id, kit_number);
CREATE INDEX kit_by_lot ON kit (lot, kit_number);

CREATE TABLE examined_kit (
    shipment_id TEXT NOT NULL REFERENCES shipment (shipment_id),
    kit_number  TEXT NOT NULL,
    condition   TEXT NOT NULL CHECK (condition IN ('intact', 'damaged', 'missing', 'unexpected')),
    remarks     TEXT NOT NULL,
    examined_at TEXT NOT NULL,
    PRIMARY KEY (shipment_id, kit_number)
) STRICT;

CREATE TABLE subject (
    subject_id   TEXT NOT NULL PRIMARY KEY,
    requested_by TEXT NOT NULL,
    reference    TEXT NOT NULL,
    weight_kg    TEXT,
    enrolled_at  TEXT NOT NULL
) STRICT;

CREATE TABLE allocation (
    subject_id TEXT NOT NULL REFERENCES subject (subject_id),
    stage      TEXT NOT NULL,
    entry_id   TEXT NOT NULL UNIQUE,
    arm        TEXT NOT NULL,
    opened_at  TEXT NOT NULL,
    PRIMARY KEY (subject_id, stage)
) STRICT;

CREATE TABLE dose (
    dose_id        TEXT NOT NULL PRIMARY KEY,
    subject_id     TEXT NOT NULL REFERENCES subject (subject_id),
    stage          TEXT NOT NULL,
    visit          TEXT NOT NULL,
    kit_number     TEXT,
    step           TEXT NOT NULL,
    opened_at      TEXT NOT NULL,
    use_before     TEXT,
    handed_over_at TEXT,
    verify_by      TEXT,
    replaces       TEXT
) STRICT;
CREATE UNIQUE INDEX one_dose_a_visit ON dose (subject_id, visit) WHERE step <> 'stopped';
CREATE INDEX dose_by_opening ON dose (opened_at, dose_id);
CREATE INDEX open_doses ON dose (step, opened_at) WHERE step NOT IN ('closed', 'stopped');

CREATE TABLE label (
    label_id TEXT NOT NULL PRIMARY KEY,
    dose_id  TEXT NOT NULL REFERENCES dose (dose_id),
    copy     INTEGER NOT NULL CHECK (copy BETWEEN 1 AND 99),
    state    TEXT NOT NULL CHECK (state IN ('reserved', 'spooled', 'failed', 'verified', 'void')),
    symbol   TEXT NOT NULL UNIQUE,
    paper    TEXT NOT NULL,
    picture  TEXT NOT NULL,
    UNIQUE (dose_id, copy)
) STRICT;

CREATE TABLE near_miss (
    seq    INTEGER NOT NULL PRIMARY KEY,
    record TEXT NOT NULL,
    rules  TEXT NOT NULL,
    at     TEXT NOT NULL
) STRICT;
CREATE INDEX near_miss_by_record ON near_miss (record, seq);

CREATE TABLE deviation (
    deviation_id TEXT NOT NULL PRIMARY KEY,
    record       TEXT NOT NULL,
    rule         TEXT NOT NULL,
    raised_at    TEXT NOT NULL,
    due_at       TEXT,
    closed_at    TEXT
) STRICT;

CREATE TABLE movement (
    seq        INTEGER NOT NULL,
    kit_number TEXT NOT NULL,
    kit_type   TEXT NOT NULL,
    lot        TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('received', 'dispensed', 'returned', 'wasted')),
    quantity   INTEGER NOT NULL CHECK (quantity IN (-1, 0, 1)),
    subject_id TEXT,
    dose_id    TEXT,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (seq, kit_number)
) STRICT;
CREATE INDEX movement_by_type ON movement (kit_type, seq);

CREATE TABLE backup (
    seq     INTEGER NOT NULL PRIMARY KEY,
    made_at TEXT NOT NULL,
    sha256  TEXT NOT NULL
) STRICT;
