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
INSERT INTO kit_tally SELECT state, kit_type, lot, count(*) FROM kit GROUP BY state, kit_type, lot;

CREATE TRIGGER kit_came AFTER INSERT ON kit BEGIN
    INSERT INTO kit_tally VALUES (new.state, new.kit_type, new.lot, 1)
        ON CONFLICT DO UPDATE SET kits = kits + 1;
END;

CREATE TRIGGER kit_went AFTER DELETE ON kit BEGIN
    UPDATE kit_tally SET kits = kits - 1
        WHERE state = old.state AND kit_type = old.kit_type AND lot = old.lot;
    DELETE FROM kit_tally WHERE kits = 0;
END;

CREATE TRIGGER kit_changed AFTER UPDATE OF state, kit_type, lot ON kit
WHEN new.state <> old.state OR new.kit_type <> old.kit_type OR new.lot <> old.lot BEGIN
    UPDATE kit_tally SET kits = kits - 1
        WHERE state = old.state AND kit_type = old.kit_type AND lot = old.lot;
    DELETE FROM kit_tally WHERE kits = 0;
    INSERT INTO kit_tally VALUES (new.state, new.kit_type, new.lot, 1)
        ON CONFLICT DO UPDATE SET kits = kits + 1;
END;
