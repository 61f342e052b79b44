-- Signed-in browsers. Only hashes of the cookies are kept; the one before is kept too, to notice a stolen cookie's reuse.
CREATE TABLE refresh_sessions (
    session_key    INTEGER PRIMARY KEY,
    user_key       INTEGER NOT NULL REFERENCES users,
    token_hash     TEXT    NOT NULL UNIQUE,
    previous_hash  TEXT    UNIQUE,
    rotated_at     INTEGER NOT NULL,
    expires_at     INTEGER NOT NULL
);
CREATE INDEX refresh_sessions_of_user ON refresh_sessions (user_key);
CREATE INDEX refresh_sessions_ending ON refresh_sessions (expires_at);

CREATE TABLE avatars (
    avatar_id     TEXT    NOT NULL PRIMARY KEY,
    user_key      INTEGER NOT NULL UNIQUE REFERENCES users,
    content_type  TEXT    NOT NULL,
    content       BLOB    NOT NULL
);

-- A report with its own copy of the evidence. digest: the same report again is the same row.
CREATE TABLE reports (
    report_key    INTEGER PRIMARY KEY,
    report_id     TEXT    NOT NULL UNIQUE,
    reporter_key  INTEGER NOT NULL REFERENCES users,
    reported_key  INTEGER NOT NULL REFERENCES users,
    reason        INTEGER NOT NULL,
    note          TEXT,
    digest        TEXT    NOT NULL,
    reported_at   INTEGER NOT NULL,
    resolved_at   INTEGER,
    resolved_by   TEXT,
    resolution    INTEGER,
    UNIQUE (reporter_key, digest)
);
CREATE INDEX reports_open ON reports (report_key) WHERE resolved_at IS NULL;

CREATE TABLE report_evidence (
    report_key       INTEGER NOT NULL REFERENCES reports,
    ordinal          INTEGER NOT NULL,
    request_id       TEXT,
    conversation_id  TEXT,
    seq              INTEGER,
    sender_id        TEXT    NOT NULL,
    text             TEXT    NOT NULL,
    sent_at          INTEGER NOT NULL,
    PRIMARY KEY (report_key, ordinal)
) WITHOUT ROWID;
