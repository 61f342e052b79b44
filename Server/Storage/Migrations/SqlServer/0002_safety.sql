-- Signed-in browsers. Only hashes of the cookies are kept; the one before is kept too, to notice a stolen cookie's reuse.
CREATE TABLE refresh_sessions (
    session_key    BIGINT        NOT NULL IDENTITY CONSTRAINT refresh_sessions_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    user_key       BIGINT        NOT NULL REFERENCES users (user_key),
    token_hash     VARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT refresh_sessions_token UNIQUE,
    previous_hash  VARCHAR(64)   COLLATE Latin1_General_BIN2,
    rotated_at     BIGINT        NOT NULL,
    expires_at     BIGINT        NOT NULL
);
-- SQL Server takes two NULLs for the same: the constraint leaves them out.
CREATE UNIQUE INDEX refresh_sessions_previous ON refresh_sessions (previous_hash) WHERE previous_hash IS NOT NULL;
CREATE INDEX refresh_sessions_of_user ON refresh_sessions (user_key);
CREATE INDEX refresh_sessions_ending ON refresh_sessions (expires_at);

CREATE TABLE avatars (
    avatar_id     VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    user_key      BIGINT          NOT NULL UNIQUE REFERENCES users (user_key),
    content_type  VARCHAR(100)    NOT NULL,
    content       VARBINARY(MAX)  NOT NULL
);

-- A report with its own copy of the evidence. digest: the same report again is the same row.
CREATE TABLE reports (
    report_key    BIGINT          NOT NULL IDENTITY CONSTRAINT reports_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    report_id     VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL UNIQUE,
    reporter_key  BIGINT          NOT NULL REFERENCES users (user_key),
    reported_key  BIGINT          NOT NULL REFERENCES users (user_key),
    reason        INT             NOT NULL,
    note          NVARCHAR(2000),
    digest        VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL,
    reported_at   BIGINT          NOT NULL,
    resolved_at   BIGINT,
    resolved_by   NVARCHAR(200),
    resolution    INT,
    UNIQUE (reporter_key, digest)
);
CREATE INDEX reports_open ON reports (report_key) WHERE resolved_at IS NULL;

CREATE TABLE report_evidence (
    report_key       BIGINT         NOT NULL REFERENCES reports (report_key),
    ordinal          INT            NOT NULL,
    request_id       VARCHAR(64),
    conversation_id  VARCHAR(64),
    seq              BIGINT,
    sender_id        VARCHAR(64)    NOT NULL,
    text             NVARCHAR(MAX)  NOT NULL,
    sent_at          BIGINT         NOT NULL,
    PRIMARY KEY (report_key, ordinal)
);
