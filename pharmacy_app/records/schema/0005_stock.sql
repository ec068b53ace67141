-- Everything that can happen to a kit: recall, loss, transfer, disposal; where it lay and when.

CREATE TABLE kit_next (
    kit_number  TEXT NOT NULL PRIMARY KEY,
    kit_type    TEXT NOT NULL,
    lot         TEXT NOT NULL,
    blinded_lot TEXT NOT NULL,
    expiry      TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN (
        'expected', 'available', 'pre_quarantined', 'quarantined', 'rejected', 'damaged', 'missing',
        'assigned', 'out_of_storage', 'thawed', 'prepared', 'released', 'handed_over', 'infused',
        'partly_infused', 'returned', 'wasted', 'recalled', 'reserve', 'lost', 'transferred',
        'destroyed', 'sent_back')),
    shipment_id TEXT NOT NULL REFERENCES shipment (shipment_id),
    position    TEXT,
    dose_id     TEXT,
    because     TEXT NOT NULL DEFAULT '',
    seconds_out INTEGER NOT NULL DEFAULT 0 CHECK (seconds_out >= 0),
    out_since   TEXT,
    pool        TEXT NOT NULL DEFAULT '',
    disposal    TEXT NOT NULL DEFAULT ''
        CHECK (disposal IN ('', 'held', 'listed', 'destroyed', 'sent_back')),
    CONSTRAINT only_shelved_kits_have_a_place CHECK (
        position IS NULL OR state IN (
            'available', 'pre_quarantined', 'quarantined', 'rejected', 'damaged', 'assigned',
            'recalled', 'reserve')),
    CONSTRAINT an_assigned_kit_has_a_dose CHECK (state <> 'assigned' OR dose_id IS NOT NULL)
) STRICT;
INSERT INTO kit_next
    (kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, position, dose_id,
     because, seconds_out, out_since, pool)
SELECT kit_number, kit_type, lot, blinded_lot, expiry, state, shipment_id, position, dose_id,
    because, seconds_out, out_since, pool
FROM kit;
DROP TABLE kit;
ALTER TABLE kit_next RENAME TO kit;
CREATE UNIQUE INDEX one_kit_a_position ON kit (position) WHERE position IS NOT NULL;
CREATE UNIQUE INDEX one_open_assignment_a_kit ON kit (dose_id)
    WHERE state IN ('assigned', 'out_of_storage', 'thawed', 'prepared', 'released');
CREATE INDEX kit_first_expiry_first ON kit (state, kit_type, expiry, kit_number);
CREATE INDEX kit_by_expiry ON kit (expiry, kit_number);
CREATE INDEX kit_by_shipment ON kit (shipment_id, kit_number);
CREATE INDEX kit_by_lot ON kit (lot, kit_number);
CREATE INDEX kit_by_blinded_lot ON kit (blinded_lot, kit_number);
CREATE INDEX kit_to_dispose ON kit (disposal, kit_number) WHERE disposal IN ('held', 'listed');
CREATE INDEX dose_by_kit ON dose (kit_number) WHERE kit_number IS NOT NULL;

CREATE TABLE movement_next (
    seq        INTEGER NOT NULL,
    kit_number TEXT NOT NULL,
    kit_type   TEXT NOT NULL,
    lot        TEXT NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN (
        'received', 'dispensed', 'put_back', 'returned', 'wasted', 'found', 'lost', 'transferred',
        'destroyed', 'sent_back')),
    quantity   INTEGER NOT NULL CHECK (quantity IN (-1, 0, 1)),
    subject_id TEXT,
    dose_id    TEXT,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (seq, kit_number)
) STRICT;
INSERT INTO movement_next SELECT * FROM movement;
DROP TABLE movement;
ALTER TABLE movement_next RENAME TO movement;
CREATE INDEX movement_by_type ON movement (kit_type, seq);
CREATE INDEX movement_by_kit ON movement (kit_number, seq);
CREATE INDEX movement_by_time ON movement (at, seq);

-- Where each kit lay, from when until when: what an excursion of a unit concerns is found by it.
CREATE TABLE kit_place (
    kit_number TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    unit       TEXT NOT NULL,
    position   TEXT NOT NULL,
    since      TEXT NOT NULL,
    until      TEXT,
    PRIMARY KEY (kit_number, seq)
) STRICT;
CREATE INDEX kit_place_by_unit ON kit_place (unit, since);

CREATE TABLE excursion (
    case_id   TEXT NOT NULL PRIMARY KEY,
    cause     TEXT NOT NULL CHECK (cause IN ('shipment', 'unit', 'handling')),
    record    TEXT NOT NULL,
    began     TEXT NOT NULL,
    ended     TEXT NOT NULL,
    because   TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    closed_at TEXT
) STRICT;
CREATE INDEX open_excursions ON excursion (opened_at) WHERE closed_at IS NULL;

CREATE TABLE excursion_kit (
    case_id    TEXT NOT NULL REFERENCES excursion (case_id),
    kit_number TEXT NOT NULL,
    state      TEXT NOT NULL,
    verdict    TEXT NOT NULL CHECK (verdict IN ('touched', 'waiting', 'usable', 'rejected')),
    PRIMARY KEY (case_id, kit_number)
) STRICT;
CREATE INDEX excursion_kit_by_kit ON excursion_kit (kit_number);

CREATE TABLE recalled_lot (
    lot          TEXT NOT NULL PRIMARY KEY,
    reference    TEXT NOT NULL,
    because      TEXT NOT NULL,
    recalled_at  TEXT NOT NULL,
    withdrawn_at TEXT
) STRICT;

CREATE TABLE lot_paper (
    seq       INTEGER NOT NULL PRIMARY KEY,
    lot       TEXT NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('certificate', 'result')),
    title     TEXT NOT NULL,
    passed    INTEGER CHECK (passed IN (0, 1)),
    reference TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    at        TEXT NOT NULL
) STRICT;
CREATE INDEX lot_paper_by_lot ON lot_paper (lot, seq);

CREATE TABLE expiry_extension (
    extension_id TEXT NOT NULL PRIMARY KEY,
    blinded_lot  TEXT NOT NULL,
    expiry       TEXT NOT NULL,
    reference    TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dropped')),
    opened_at    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_open_extension_a_lot ON expiry_extension (blinded_lot)
    WHERE state = 'open';

CREATE TABLE disposal_list (
    list_id    TEXT NOT NULL PRIMARY KEY,
    way        TEXT NOT NULL CHECK (way IN ('destroyed', 'sent_back', 'transferred')),
    to_site    TEXT NOT NULL DEFAULT '' CHECK ((way = 'transferred') = (to_site <> '')),
    state      TEXT NOT NULL CHECK (state IN ('pending', 'authorised', 'done', 'dropped')),
    because    TEXT NOT NULL,
    reference  TEXT NOT NULL DEFAULT '',
    opened_at  TEXT NOT NULL,
    closed_at  TEXT
) STRICT;

-- What became of the kit before it was listed tells what becomes of it when it is struck.
CREATE TABLE disposal_kit (
    list_id    TEXT NOT NULL REFERENCES disposal_list (list_id),
    kit_number TEXT NOT NULL,
    before     TEXT NOT NULL CHECK (before IN ('', 'held')),
    struck     INTEGER NOT NULL DEFAULT 0 CHECK (struck IN (0, 1)),
    PRIMARY KEY (list_id, kit_number)
) STRICT;
CREATE INDEX disposal_kit_by_kit ON disposal_kit (kit_number);

-- A kit that a package lists and that never came: why, on whose word.
CREATE TABLE explained_kit (
    kit_number TEXT NOT NULL PRIMARY KEY,
    because    TEXT NOT NULL
) STRICT;

-- Another kit than the assigned one reached a subject: looking back has to find both.
CREATE TABLE wrong_kit (
    dose_id TEXT NOT NULL REFERENCES dose (dose_id),
    given   TEXT NOT NULL,
    PRIMARY KEY (dose_id, given)
) STRICT;
CREATE INDEX wrong_kit_by_kit ON wrong_kit (given);

ALTER TABLE shipment ADD COLUMN shipper_id TEXT NOT NULL DEFAULT '';
ALTER TABLE shipment ADD COLUMN arrived_at TEXT;
ALTER TABLE shipment ADD COLUMN reference TEXT NOT NULL DEFAULT '';
