-- Sessions of built-in accounts. Only hashes of a cookie's two halves are kept: the family names the session for its whole
-- life, the token is replaced at each refresh. expires_at moves with each refresh, up to ends_at.
CREATE TABLE sessions (
    session_key  INTEGER PRIMARY KEY,
    session_id   TEXT    NOT NULL UNIQUE,
    user_key     INTEGER NOT NULL REFERENCES users,
    family_hash  TEXT    NOT NULL UNIQUE,
    token_hash   TEXT    NOT NULL,
    device       TEXT,
    address      TEXT,
    begun_at     INTEGER NOT NULL,
    used_at      INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    ends_at      INTEGER NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_key, used_at);
CREATE INDEX sessions_ending ON sessions (expires_at);

-- Tokens that were replaced within the last seconds, which two tabs may still use. Any other token of a known family is stolen.
CREATE TABLE replaced_tokens (
    token_hash   TEXT    NOT NULL PRIMARY KEY,
    session_key  INTEGER NOT NULL,
    replaced_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX replaced_tokens_by_age ON replaced_tokens (replaced_at);

-- Codes that the host application hands out; only their hashes are kept.
CREATE TABLE password_resets (
    user_key    INTEGER PRIMARY KEY REFERENCES users,
    code_hash   TEXT    NOT NULL UNIQUE,
    expires_at  INTEGER NOT NULL
);
CREATE INDEX password_resets_ending ON password_resets (expires_at);

CREATE TABLE invites (
    code_hash   TEXT    NOT NULL PRIMARY KEY,
    expires_at  INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX invites_ending ON invites (expires_at);

-- WebP, as re-encoded here.
CREATE TABLE avatars (
    avatar_id     TEXT    NOT NULL PRIMARY KEY,
    user_key      INTEGER NOT NULL UNIQUE REFERENCES users,
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
