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

-- A report with its own copies: one is open at a time for each reporter and reported user, and grows.
-- reasons: a bit for each ReportReason. copies_removed: retention has removed its notes and copies.
CREATE TABLE reports (
    report_key    INTEGER PRIMARY KEY,
    report_id     TEXT    NOT NULL UNIQUE,
    reporter_key  INTEGER NOT NULL REFERENCES users,
    reported_key  INTEGER NOT NULL REFERENCES users,
    reasons       INTEGER NOT NULL,
    reported_at   INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    resolved_at   INTEGER,
    resolved_by   TEXT,
    resolution    INTEGER,
    copies_removed  INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reports_one_open ON reports (reporter_key, reported_key) WHERE resolved_at IS NULL;
CREATE INDEX reports_queue ON reports (resolved_at, reported_key, reporter_key);
CREATE INDEX reports_of_user ON reports (reported_key, report_key);
CREATE INDEX reports_by_user ON reports (reporter_key, report_key);
CREATE INDEX reports_with_copies ON reports (resolved_at) WHERE resolved_at IS NOT NULL AND copies_removed = 0;

CREATE TABLE report_notes (
    report_key  INTEGER NOT NULL REFERENCES reports,
    ordinal     INTEGER NOT NULL,
    text        TEXT    NOT NULL,
    added_at    INTEGER NOT NULL,
    PRIMARY KEY (report_key, ordinal)
) WITHOUT ROWID;

-- replaced_at: of a text that an edit or a removal replaced.
CREATE TABLE report_evidence (
    report_key       INTEGER NOT NULL REFERENCES reports,
    ordinal          INTEGER NOT NULL,
    request_id       TEXT,
    conversation_id  TEXT,
    seq              INTEGER,
    sender_id        TEXT    NOT NULL,
    text             TEXT    NOT NULL,
    sent_at          INTEGER NOT NULL,
    replaced_at      INTEGER,
    PRIMARY KEY (report_key, ordinal)
) WITHOUT ROWID;

-- The calls of the last 24 hours that added something to a report.
CREATE TABLE report_calls (
    call_key      INTEGER PRIMARY KEY,
    reporter_key  INTEGER NOT NULL REFERENCES users,
    called_at     INTEGER NOT NULL
);
CREATE INDEX report_calls_of_user ON report_calls (reporter_key, called_at);

-- A user's history: bans, warnings and moderators' notes. kind is a RecordKind; until and lifted are a ban's.
CREATE TABLE moderation_records (
    record_key    INTEGER PRIMARY KEY,
    user_key      INTEGER NOT NULL REFERENCES users,
    kind          INTEGER NOT NULL,
    at            INTEGER NOT NULL,
    moderator_id  TEXT    NOT NULL,
    text          TEXT,
    until         INTEGER,
    report_id     TEXT,
    lifted_at     INTEGER,
    lifted_by     TEXT
);
CREATE INDEX moderation_records_of_user ON moderation_records (user_key, kind, record_key);

-- Every action of a moderator. Rows are only added, and pruned by age. action is an AuditAction.
CREATE TABLE moderation_audit (
    audit_key     INTEGER PRIMARY KEY,
    at            INTEGER NOT NULL,
    moderator_id  TEXT    NOT NULL,
    action        INTEGER NOT NULL,
    user_id       TEXT    NOT NULL,
    report_id     TEXT,
    until         INTEGER,
    reason        TEXT
);
CREATE INDEX moderation_audit_by_age ON moderation_audit (at);
