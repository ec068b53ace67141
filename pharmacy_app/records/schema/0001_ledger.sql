-- The ledger: facts are added at its end and never changed. Times are UTC, RFC 3339 with six
-- decimals, so that text order is time order.

CREATE TABLE event (
    seq INTEGER PRIMARY KEY CONSTRAINT event_seq_starts_at_one CHECK (seq >= 1),
    event_id TEXT NOT NULL CONSTRAINT event_id_once UNIQUE,
    op_id TEXT NOT NULL CONSTRAINT event_op_id_given CHECK (op_id <> ''),
    op_index INTEGER NOT NULL CONSTRAINT event_op_index_from_zero CHECK (op_index >= 0),
    site TEXT NOT NULL,
    station TEXT NOT NULL,
    generation INTEGER NOT NULL CONSTRAINT event_generation_from_one CHECK (generation >= 1),
    kind TEXT NOT NULL,
    about TEXT NOT NULL,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- SHA-256 of every attachment that came with the event, one after the other
    attachments BLOB NOT NULL
        CONSTRAINT event_attachments_whole CHECK (length(attachments) % 32 = 0),
    body TEXT NOT NULL,
    salt BLOB NOT NULL CONSTRAINT event_salt_16 CHECK (length(salt) = 16),
    commitment BLOB NOT NULL CONSTRAINT event_commitment_32 CHECK (length(commitment) = 32),
    session_key BLOB NOT NULL CONSTRAINT event_session_key_32 CHECK (length(session_key) = 32),
    prev_hash BLOB NOT NULL CONSTRAINT event_prev_hash_32 CHECK (length(prev_hash) = 32),
    hash BLOB NOT NULL CONSTRAINT event_hash_32 CHECK (length(hash) = 32),
    -- hash and personal signatures together: what the next event's prev_hash repeats
    link BLOB NOT NULL CONSTRAINT event_link_32 CHECK (length(link) = 32),
    session_signature BLOB NOT NULL
        CONSTRAINT event_session_signature_64 CHECK (length(session_signature) = 64),
    CONSTRAINT event_op_once UNIQUE (op_id, op_index),
    CONSTRAINT event_other_time_has_reason CHECK (occurred_at = recorded_at OR reason <> '')
) STRICT;

CREATE INDEX event_about ON event (about, seq);
CREATE INDEX event_kind ON event (kind, seq);

CREATE TRIGGER event_only_at_the_end BEFORE INSERT ON event
WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM event)
    OR new.prev_hash <> coalesce(
        (SELECT link FROM event ORDER BY seq DESC LIMIT 1), zeroblob(32))
BEGIN
    SELECT raise(ABORT, 'the ledger is added to at its end only');
END;

CREATE TRIGGER event_never_changed BEFORE UPDATE ON event
BEGIN
    SELECT raise(ABORT, 'events are never changed');
END;

CREATE TRIGGER event_never_deleted BEFORE DELETE ON event
BEGIN
    SELECT raise(ABORT, 'events are never deleted');
END;

CREATE TABLE signature (
    seq INTEGER NOT NULL REFERENCES event (seq),
    position INTEGER NOT NULL CONSTRAINT signature_position_from_zero CHECK (position >= 0),
    signer TEXT NOT NULL,
    printed_name TEXT NOT NULL CONSTRAINT signature_name_given CHECK (printed_name <> ''),
    meaning TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    public_key BLOB NOT NULL CONSTRAINT signature_key_32 CHECK (length(public_key) = 32),
    value BLOB NOT NULL CONSTRAINT signature_value_64 CHECK (length(value) = 64),
    PRIMARY KEY (seq, position)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER signature_only_on_the_newest BEFORE INSERT ON signature
WHEN new.seq <> (SELECT coalesce(max(seq), 0) FROM event)
    OR new.position <> (SELECT count(*) FROM signature WHERE seq = new.seq)
BEGIN
    SELECT raise(ABORT, 'signatures are given when the event is recorded');
END;

CREATE TRIGGER signature_never_changed BEFORE UPDATE ON signature
BEGIN
    SELECT raise(ABORT, 'signatures are never changed');
END;

CREATE TRIGGER signature_never_deleted BEFORE DELETE ON signature
BEGIN
    SELECT raise(ABORT, 'signatures are never deleted');
END;

-- The station's own signature over the end of the chain.
CREATE TABLE checkpoint (
    generation INTEGER NOT NULL,
    seq INTEGER NOT NULL REFERENCES event (seq),
    head BLOB NOT NULL CONSTRAINT checkpoint_head_32 CHECK (length(head) = 32),
    made_at TEXT NOT NULL,
    signature BLOB NOT NULL CONSTRAINT checkpoint_signature_64 CHECK (length(signature) = 64),
    PRIMARY KEY (seq)
) STRICT;

CREATE TRIGGER checkpoint_only_of_the_end BEFORE INSERT ON checkpoint
WHEN new.seq <> (SELECT coalesce(max(seq), 0) FROM event)
    OR EXISTS (SELECT 1 FROM checkpoint WHERE seq >= new.seq)
BEGIN
    SELECT raise(ABORT, 'a checkpoint is made of the newest event, once');
END;

CREATE TRIGGER checkpoint_never_changed BEFORE UPDATE ON checkpoint
BEGIN
    SELECT raise(ABORT, 'checkpoints are never changed');
END;

CREATE TRIGGER checkpoint_never_deleted BEFORE DELETE ON checkpoint
BEGIN
    SELECT raise(ABORT, 'checkpoints are never deleted');
END;

-- Files that belong to events, kept once by what they hold.
CREATE TABLE attachment (
    sha256 BLOB PRIMARY KEY CONSTRAINT attachment_sha256_32 CHECK (length(sha256) = 32),
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

CREATE TRIGGER attachment_once BEFORE INSERT ON attachment
WHEN EXISTS (SELECT 1 FROM attachment WHERE sha256 = new.sha256)
BEGIN
    SELECT raise(ABORT, 'an attachment is kept once');
END;

CREATE TRIGGER attachment_never_changed BEFORE UPDATE ON attachment
BEGIN
    SELECT raise(ABORT, 'attachments are never changed');
END;

CREATE TRIGGER attachment_never_deleted BEFORE DELETE ON attachment
BEGIN
    SELECT raise(ABORT, 'attachments are never deleted');
END;
