-- What the protocol asked of a dose when it was begun, and doses of a visit that may be repeated.

ALTER TABLE dose ADD COLUMN package INTEGER;
ALTER TABLE dose ADD COLUMN thaw INTEGER NOT NULL DEFAULT 1 CHECK (thaw IN (0, 1));
ALTER TABLE dose ADD COLUMN counted INTEGER NOT NULL DEFAULT 1 CHECK (counted IN (0, 1));

ALTER TABLE dose ADD COLUMN returned INTEGER NOT NULL DEFAULT 0 CHECK (returned IN (0, 1));
UPDATE dose SET returned = 1 WHERE dose_id IN (
    SELECT dose_id FROM movement WHERE kind = 'returned' AND dose_id IS NOT NULL);

-- One open dose a visit; how many may be given in all, the protocol says.
DROP INDEX one_dose_a_visit;
CREATE UNIQUE INDEX one_open_dose_a_visit ON dose (subject_id, visit)
    WHERE step NOT IN ('closed', 'stopped');
CREATE INDEX dose_by_subject ON dose (subject_id, visit);
