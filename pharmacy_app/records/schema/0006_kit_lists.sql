-- Lists of kits under any order and filter, however many there are.

CREATE INDEX kit_by_type ON kit (kit_type, kit_number);
CREATE INDEX kit_by_state ON kit (state, kit_number);
CREATE INDEX kit_by_place ON kit (coalesce(position, ''), kit_number);
CREATE INDEX kit_by_time_out ON kit (seconds_out, kit_number);
CREATE INDEX kit_by_state_and_expiry ON kit (state, expiry, kit_number);
CREATE INDEX kit_by_lot_and_expiry ON kit (lot, expiry, kit_number);
CREATE INDEX kit_by_type_and_expiry ON kit (kit_type, expiry, kit_number);

-- How many kits there are of each sort, kept up by the table itself: counting a million takes too long.
CREATE TABLE kit_tally (
    state    TEXT NOT NULL,
    kit_type TEXT NOT NULL,
    lot      TEXT NOT NULL,
    kits     INTEGER NOT NULL CHECK (kits >= 0),
    PRIMARY KEY (state, kit_type, lot)
) STRICT;
CREATE INDEX kit_tally_by_sort ON kit_tally (kit_type, lot);

-- A sort of kits has a row for every state from its first kit on: how many rows there are tells no
-- state, and so nothing of who was given what.
CREATE TRIGGER kit_sort_came BEFORE INSERT ON kit
WHEN NOT EXISTS (SELECT 1 FROM kit_tally WHERE kit_type = new.kit_type AND lot = new.lot) BEGIN
    INSERT INTO kit_tally SELECT column1, new.kit_type, new.lot, 0 FROM (VALUES
        ('expected'), ('available'), ('pre_quarantined'), ('quarantined'), ('rejected'),
        ('damaged'), ('missing'), ('assigned'), ('out_of_storage'), ('thawed'),
        ('prepared'), ('released'), ('handed_over'), ('infused'), ('partly_infused'),
        ('returned'), ('wasted'), ('recalled'), ('reserve'), ('lost'), ('transferred'),
        ('destroyed'), ('sent_back'));
END;

CREATE TRIGGER kit_came AFTER INSERT ON kit BEGIN
    UPDATE kit_tally SET kits = kits + 1
        WHERE state = new.state AND kit_type = new.kit_type AND lot = new.lot;
END;

CREATE TRIGGER kit_went AFTER DELETE ON kit BEGIN
    UPDATE kit_tally SET kits = kits - 1
        WHERE state = old.state AND kit_type = old.kit_type AND lot = old.lot;
END;

CREATE TRIGGER kit_changed AFTER UPDATE OF state ON kit WHEN new.state <> old.state BEGIN
    UPDATE kit_tally SET kits = kits - 1
        WHERE state = old.state AND kit_type = old.kit_type AND lot = old.lot;
    UPDATE kit_tally SET kits = kits + 1
        WHERE state = new.state AND kit_type = new.kit_type AND lot = new.lot;
END;

-- An older file's kits: its state is filled from the events right after this.
INSERT INTO kit_tally SELECT s.column1, k.kit_type, k.lot,
        (SELECT count(*) FROM kit c WHERE c.state = s.column1
            AND c.kit_type = k.kit_type AND c.lot = k.lot)
    FROM (SELECT DISTINCT kit_type, lot FROM kit) k, (VALUES
        ('expected'), ('available'), ('pre_quarantined'), ('quarantined'), ('rejected'),
        ('damaged'), ('missing'), ('assigned'), ('out_of_storage'), ('thawed'),
        ('prepared'), ('released'), ('handed_over'), ('infused'), ('partly_infused'),
        ('returned'), ('wasted'), ('recalled'), ('reserve'), ('lost'), ('transferred'),
        ('destroyed'), ('sent_back')) s;
