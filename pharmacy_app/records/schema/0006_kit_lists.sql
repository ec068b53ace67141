-- Long lists of kits: how many kits are alike, kept with every change of one, so that a list knows its
-- length and the place of each row without counting rows.
-- ``block`` is '' for all alike, or names a run of up to a thousand numbers: how long the numbers are
-- and all but their last three characters.

CREATE TABLE kit_tally (
    block    TEXT NOT NULL,
    state    TEXT NOT NULL,
    kit_type TEXT NOT NULL,
    lot      TEXT NOT NULL,
    expiry   TEXT NOT NULL,
    number   INTEGER NOT NULL,
    PRIMARY KEY (block, state, kit_type, lot, expiry)
) STRICT, WITHOUT ROWID;

CREATE INDEX kit_listed ON kit (state, kit_type, lot, expiry, kit_number);
-- These two also hold what a list is narrowed to, so that a kit that is left out costs no look at its row.
CREATE INDEX kit_by_place
    ON kit (coalesce(position, ''), kit_number, state, kit_type, lot, expiry);
CREATE INDEX kit_by_time_out ON kit (seconds_out, kit_number, state, kit_type, lot, expiry);

INSERT INTO kit_tally
SELECT '', state, kit_type, lot, expiry, count(*) FROM kit GROUP BY 2, 3, 4, 5;
INSERT INTO kit_tally
SELECT printf('%03d', length(kit_number)) || substr(kit_number, 1, length(kit_number) - 3),
    state, kit_type, lot, expiry, count(*)
FROM kit GROUP BY 1, 2, 3, 4, 5;

CREATE TRIGGER kit_joins_its_like AFTER INSERT ON kit BEGIN
    INSERT INTO kit_tally VALUES
        ('', new.state, new.kit_type, new.lot, new.expiry, 1),
        (printf('%03d', length(new.kit_number))
            || substr(new.kit_number, 1, length(new.kit_number) - 3),
         new.state, new.kit_type, new.lot, new.expiry, 1)
    ON CONFLICT DO UPDATE SET number = number + 1;
END;

CREATE TRIGGER kit_leaves_its_like AFTER DELETE ON kit BEGIN
    UPDATE kit_tally SET number = number - 1
    WHERE block IN ('', printf('%03d', length(old.kit_number))
            || substr(old.kit_number, 1, length(old.kit_number) - 3))
        AND state = old.state AND kit_type = old.kit_type AND lot = old.lot
        AND expiry = old.expiry;
    DELETE FROM kit_tally
    WHERE block IN ('', printf('%03d', length(old.kit_number))
            || substr(old.kit_number, 1, length(old.kit_number) - 3))
        AND state = old.state AND kit_type = old.kit_type AND lot = old.lot
        AND expiry = old.expiry AND number <= 0;
END;

CREATE TRIGGER kit_changes_its_like
AFTER UPDATE OF kit_number, state, kit_type, lot, expiry ON kit
WHEN (old.kit_number, old.state, old.kit_type, old.lot, old.expiry)
    IS NOT (new.kit_number, new.state, new.kit_type, new.lot, new.expiry)
BEGIN
    UPDATE kit_tally SET number = number - 1
    WHERE block IN ('', printf('%03d', length(old.kit_number))
            || substr(old.kit_number, 1, length(old.kit_number) - 3))
        AND state = old.state AND kit_type = old.kit_type AND lot = old.lot
        AND expiry = old.expiry;
    DELETE FROM kit_tally
    WHERE block IN ('', printf('%03d', length(old.kit_number))
            || substr(old.kit_number, 1, length(old.kit_number) - 3))
        AND state = old.state AND kit_type = old.kit_type AND lot = old.lot
        AND expiry = old.expiry AND number <= 0;
    INSERT INTO kit_tally VALUES
        ('', new.state, new.kit_type, new.lot, new.expiry, 1),
        (printf('%03d', length(new.kit_number))
            || substr(new.kit_number, 1, length(new.kit_number) - 3),
         new.state, new.kit_type, new.lot, new.expiry, 1)
    ON CONFLICT DO UPDATE SET number = number + 1;
END;
