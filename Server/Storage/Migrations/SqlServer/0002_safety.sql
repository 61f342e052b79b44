-- Sessions of built-in accounts. Only hashes of a cookie's two halves are kept: the family names the session for its whole
-- life, the token is replaced at each refresh. expires_at moves with each refresh, up to ends_at.
CREATE TABLE sessions (
    session_key  BIGINT         NOT NULL IDENTITY PRIMARY KEY,
    session_id   NVARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT sessions_id UNIQUE,
    user_key     BIGINT         NOT NULL REFERENCES users (user_key),
    family_hash  NVARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT sessions_family UNIQUE,
    token_hash   NVARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL,
    device       NVARCHAR(200)  COLLATE Latin1_General_BIN2,
    address      NVARCHAR(64)   COLLATE Latin1_General_BIN2,
    begun_at     BIGINT         NOT NULL,
    used_at      BIGINT         NOT NULL,
    expires_at   BIGINT         NOT NULL,
    ends_at      BIGINT         NOT NULL
);
CREATE INDEX sessions_of_user ON sessions (user_key, used_at);
CREATE INDEX sessions_ending ON sessions (expires_at);

-- Tokens that were replaced within the last seconds, which two tabs may still use. Any other token of a known family is stolen.
CREATE TABLE replaced_tokens (
    token_hash   NVARCHAR(64)  COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    session_key  BIGINT        NOT NULL,
    replaced_at  BIGINT        NOT NULL
);
CREATE INDEX replaced_tokens_by_age ON replaced_tokens (replaced_at);

-- Codes that the host application hands out; only their hashes are kept.
CREATE TABLE password_resets (
    user_key    BIGINT        NOT NULL PRIMARY KEY REFERENCES users (user_key),
    code_hash   NVARCHAR(64)  COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT password_resets_code UNIQUE,
    expires_at  BIGINT        NOT NULL
);
CREATE INDEX password_resets_ending ON password_resets (expires_at);

CREATE TABLE invites (
    code_hash   NVARCHAR(64)  COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    expires_at  BIGINT        NOT NULL
);
CREATE INDEX invites_ending ON invites (expires_at);

-- WebP, as re-encoded here.
CREATE TABLE avatars (
    avatar_id     VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    user_key      BIGINT          NOT NULL UNIQUE REFERENCES users (user_key),
    content       VARBINARY(MAX)  NOT NULL
);

-- A report with its own copies: one is open at a time for each reporter and reported user, and grows.
-- reasons: a bit for each ReportReason. copies_removed: retention has removed its notes and copies.
CREATE TABLE reports (
    report_key    BIGINT          NOT NULL IDENTITY CONSTRAINT reports_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    report_id     VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL UNIQUE,
    reporter_key  BIGINT          NOT NULL REFERENCES users (user_key),
    reported_key  BIGINT          NOT NULL REFERENCES users (user_key),
    reasons       INT             NOT NULL,
    reported_at   BIGINT          NOT NULL,
    updated_at    BIGINT          NOT NULL,
    resolved_at   BIGINT,
    resolved_by   NVARCHAR(200)   COLLATE Latin1_General_BIN2,
    resolution    INT,
    copies_removed  BIT NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reports_one_open ON reports (reporter_key, reported_key) WHERE resolved_at IS NULL;
CREATE INDEX reports_queue ON reports (resolved_at, reported_key, reporter_key);
CREATE INDEX reports_of_user ON reports (reported_key, report_key);
CREATE INDEX reports_by_user ON reports (reporter_key, report_key);
CREATE INDEX reports_with_copies ON reports (resolved_at) WHERE resolved_at IS NOT NULL AND copies_removed = 0;

CREATE TABLE report_notes (
    report_key  BIGINT          NOT NULL REFERENCES reports (report_key),
    ordinal     INT             NOT NULL,
    text        NVARCHAR(2000)  COLLATE Latin1_General_BIN2 NOT NULL,
    added_at    BIGINT          NOT NULL,
    PRIMARY KEY (report_key, ordinal)
);

-- replaced_at: of a text that an edit or a removal replaced.
CREATE TABLE report_evidence (
    report_key       BIGINT         NOT NULL REFERENCES reports (report_key),
    ordinal          INT            NOT NULL,
    request_id       VARCHAR(64)    COLLATE Latin1_General_BIN2,
    conversation_id  VARCHAR(64)    COLLATE Latin1_General_BIN2,
    seq              BIGINT,
    sender_id        VARCHAR(64)    COLLATE Latin1_General_BIN2 NOT NULL,
    text             NVARCHAR(MAX)  COLLATE Latin1_General_BIN2 NOT NULL,
    sent_at          BIGINT         NOT NULL,
    replaced_at      BIGINT,
    PRIMARY KEY (report_key, ordinal)
);

-- The calls of the last 24 hours that added something to a report.
CREATE TABLE report_calls (
    call_key      BIGINT  NOT NULL IDENTITY PRIMARY KEY,
    reporter_key  BIGINT  NOT NULL REFERENCES users (user_key),
    called_at     BIGINT  NOT NULL
);
CREATE INDEX report_calls_of_user ON report_calls (reporter_key, called_at);

-- A user's history: bans, warnings and moderators' notes. kind is a RecordKind; until and lifted are a ban's.
CREATE TABLE moderation_records (
    record_key    BIGINT          NOT NULL IDENTITY PRIMARY KEY,
    user_key      BIGINT          NOT NULL REFERENCES users (user_key),
    kind          INT             NOT NULL,
    at            BIGINT          NOT NULL,
    moderator_id  NVARCHAR(200)   COLLATE Latin1_General_BIN2 NOT NULL,
    text          NVARCHAR(2000)  COLLATE Latin1_General_BIN2,
    until         BIGINT,
    report_id     VARCHAR(64)     COLLATE Latin1_General_BIN2,
    lifted_at     BIGINT,
    lifted_by     NVARCHAR(200)   COLLATE Latin1_General_BIN2
);
CREATE INDEX moderation_records_of_user ON moderation_records (user_key, kind, record_key);

-- Every action of a moderator. Rows are only added, and pruned by age. action is an AuditAction.
CREATE TABLE moderation_audit (
    audit_key     BIGINT          NOT NULL IDENTITY PRIMARY KEY,
    at            BIGINT          NOT NULL,
    moderator_id  NVARCHAR(200)   COLLATE Latin1_General_BIN2 NOT NULL,
    action        INT             NOT NULL,
    user_id       VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL,
    report_id     VARCHAR(64)     COLLATE Latin1_General_BIN2,
    until         BIGINT,
    reason        NVARCHAR(2000)  COLLATE Latin1_General_BIN2
);
CREATE INDEX moderation_audit_by_age ON moderation_audit (at);
