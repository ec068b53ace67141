-- What people answered about the files of a temperature logger, to be offered for its next file.

CREATE TABLE logger_profile (
    serial      TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name        TEXT NOT NULL,
    answer      TEXT NOT NULL,
    kept_by     TEXT NOT NULL,
    kept_at     TEXT NOT NULL,
    PRIMARY KEY (serial, fingerprint, name)
) STRICT;
