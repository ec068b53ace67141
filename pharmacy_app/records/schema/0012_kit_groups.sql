-- Long lists of kits: how many kits are alike (state, type, lot, expiry), kept with every change of one,
-- so that a list knows its length and the place of each row without counting rows.

DROP TRIGGER kit_sort_came;
DROP TRIGGER kit_came;
DROP TRIGGER kit_went;
DROP TRIGGER kit_changed;
DROP TABLE kit_tally;
DROP INDEX kit_by_type;
DROP INDEX kit_by_state;
DROP INDEX kit_by_place;
DROP INDEX kit_by_time_out;
DROP INDEX kit_by_state_and_expiry;
DROP INDEX kit_by_lot_and_expiry;
DROP INDEX kit_by_type_and_expiry;

-- Whether it was ever thawed or filled into a bag: it is never given again then.
ALTER TABLE kit ADD COLUMN opened INTEGER NOT NULL DEFAULT 0 CHECK (opened IN (0, 1));

CREATE TABLE kit_tally (
    state    TEXT NOT NULL,
    kit_type TEXT NOT NULL,
    lot      TEXT NOT NULL,
    expiry   TEXT NOT NULL,
    number   INTEGER NOT NULL CHECK (number >= 0),
    PRIMARY KEY (kit_type, lot, expiry, state)
) STRICT, WITHOUT ROWID;

-- What a list is ordered by where most kits have no place; rows are compared with it as a pair.
ALTER TABLE kit ADD COLUMN place TEXT GENERATED ALWAYS AS (coalesce(position, '')) VIRTUAL;

-- Kits that are alike lie together; the others also hold what a list is narrowed to, so that a kit that
-- is left out costs no look at its row.
CREATE INDEX kit_listed ON kit (state, kit_type, lot, expiry, kit_number);
CREATE INDEX kit_by_number ON kit (kit_number, state, kit_type, lot, expiry);
CREATE INDEX kit_by_place ON kit (place, kit_number, state, kit_type, lot, expiry);
CREATE INDEX kit_by_time_out ON kit (seconds_out, kit_number, state, kit_type, lot, expiry);

-- A sort of kits has a row for every state from its first kit on: how many rows there are tells no
-- state, and so nothing of who was given what.
CREATE VIEW kit_sort (kit_type, lot, expiry) AS SELECT DISTINCT kit_type, lot, expiry FROM kit_tally;
CREATE TRIGGER kit_sort_came INSTEAD OF INSERT ON kit_sort
WHEN NOT EXISTS (SELECT 1 FROM kit_tally
    WHERE kit_type = new.kit_type AND lot = new.lot AND expiry = new.expiry)
BEGIN
    INSERT INTO kit_tally SELECT column1, new.kit_type, new.lot, new.expiry, 0 FROM (VALUES
        ('expected'), ('available'), ('pre_quarantined'), ('quarantined'), ('rejected'),
        ('damaged'), ('missing'), ('assigned'), ('out_of_storage'), ('thawed'),
        ('prepared'), ('released'), ('handed_over'), ('infused'), ('partly_infused'),
        ('returned'), ('wasted'), ('recalled'), ('reserve'), ('lost'), ('transferred'),
        ('destroyed'), ('sent_back'));
END;

CREATE TRIGGER kit_came AFTER INSERT ON kit BEGIN
    INSERT INTO kit_sort VALUES (new.kit_type, new.lot, new.expiry);
    UPDATE kit_tally SET number = number + 1
        WHERE kit_type = new.kit_type AND lot = new.lot AND expiry = new.expiry AND state = new.state;
END;

CREATE TRIGGER kit_went AFTER DELETE ON kit BEGIN
    UPDATE kit_tally SET number = number - 1
        WHERE kit_type = old.kit_type AND lot = old.lot AND expiry = old.expiry AND state = old.state;
END;

CREATE TRIGGER kit_changed AFTER UPDATE OF state, kit_type, lot, expiry ON kit
WHEN (old.state, old.kit_type, old.lot, old.expiry)
    IS NOT (new.state, new.kit_type, new.lot, new.expiry)
BEGIN
    INSERT INTO kit_sort VALUES (new.kit_type, new.lot, new.expiry);
    UPDATE kit_tally SET number = number - 1
        WHERE kit_type = old.kit_type AND lot = old.lot AND expiry = old.expiry AND state = old.state;
    UPDATE kit_tally SET number = number + 1
        WHERE kit_type = new.kit_type AND lot = new.lot AND expiry = new.expiry AND state = new.state;
END;

-- An older file's kits: its state is filled from the events right after this.
INSERT INTO kit_sort SELECT DISTINCT kit_type, lot, expiry FROM kit;
UPDATE kit_tally SET number = (SELECT count(*) FROM kit k WHERE k.state = kit_tally.state
    AND k.kit_type = kit_tally.kit_type AND k.lot = kit_tally.lot AND k.expiry = kit_tally.expiry);
