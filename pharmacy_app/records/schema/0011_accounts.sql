-- The accountability log of one subject and of one lot, and where a kit was first put away.

CREATE INDEX movement_by_subject ON movement (subject_id, seq) WHERE subject_id IS NOT NULL;
CREATE INDEX movement_by_lot ON movement (lot, seq);
