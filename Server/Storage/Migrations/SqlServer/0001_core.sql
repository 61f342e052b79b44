-- The same schema as the embedded database's, in T-SQL. Instants are unix milliseconds, dates YYYY-MM-DD. Opaque text ids
-- outside, compact keys inside. Every text has one binary collation: it compares as it does there, whatever the
-- server's own collation is, and no two columns have collations that conflict. Opaque ids and client ids are ASCII, and half as wide as VARCHAR; parameters come as
-- VARCHAR too (SqlServerParameters). Keys that grow take inserts at one page: OPTIMIZE_FOR_SEQUENTIAL_KEY (2019) lets them queue fairly.

CREATE TABLE server_state (
    name   NVARCHAR(100) COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    value  NVARCHAR(200) COLLATE Latin1_General_BIN2 NOT NULL
);

-- created_at: when the row was made. joined_at: since when the account exists, null where its host does not say.
CREATE TABLE users (
    user_key            BIGINT         NOT NULL IDENTITY PRIMARY KEY,
    user_id             NVARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT users_id UNIQUE,
    username            NVARCHAR(128)  COLLATE Latin1_General_BIN2 NOT NULL,
    -- The username as it is compared; see Usernames.
    username_key        NVARCHAR(400)  COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT users_name UNIQUE,
    display_name        NVARCHAR(100)  COLLATE Latin1_General_BIN2 NOT NULL,
    bio                 NVARCHAR(320)  COLLATE Latin1_General_BIN2,
    avatar_url          NVARCHAR(MAX)  COLLATE Latin1_General_BIN2,
    birth_date          CHAR(10)       COLLATE Latin1_General_BIN2,
    is_verified         BIT            NOT NULL DEFAULT 0,
    messaging_policy    INT            NOT NULL DEFAULT 0,
    send_seen_receipts  BIT            NOT NULL DEFAULT 1,
    show_presence       BIT            NOT NULL DEFAULT 1,
    min_age_days        INT            NOT NULL DEFAULT 0,
    push_content        INT            NOT NULL DEFAULT 1,
    -- How many rows of push_subscriptions there are at the most: 0 means that nothing needs to be queued for them.
    push_count          INT            NOT NULL DEFAULT 0,
    follower_count      BIGINT         NOT NULL DEFAULT 0,
    following_count     BIGINT         NOT NULL DEFAULT 0,
    created_at          BIGINT         NOT NULL,
    joined_at           BIGINT,
    last_seen_at        BIGINT,
    removed_at          BIGINT,
    is_moderator        BIT            NOT NULL DEFAULT 0,
    -- Tokens of no session that were issued before are refused.
    signed_out_at       BIGINT
);

-- A JSON array; apart from the profile, which every message reads. No row: none.
CREATE TABLE hidden_words (
    user_key  BIGINT         NOT NULL PRIMARY KEY REFERENCES users (user_key),
    words     NVARCHAR(MAX)  COLLATE Latin1_General_BIN2 NOT NULL
);

-- Built-in accounts only.
CREATE TABLE credentials (
    user_key       BIGINT         NOT NULL PRIMARY KEY REFERENCES users (user_key),
    password_hash  NVARCHAR(400)  COLLATE Latin1_General_BIN2 NOT NULL
);

-- Usernames of erased built-in accounts, which stay taken for a while.
CREATE TABLE retired_usernames (
    username_key  NVARCHAR(400)  COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    user_key      BIGINT         NOT NULL REFERENCES users (user_key),
    retired_at    BIGINT         NOT NULL
);
CREATE INDEX retired_usernames_by_age ON retired_usernames (retired_at);

-- What every message touches, apart from the wide profile: the user's version and badges. A transaction that changes anything
-- about a user locks this row.
CREATE TABLE inboxes (
    user_key              BIGINT  NOT NULL PRIMARY KEY REFERENCES users (user_key),
    version               BIGINT  NOT NULL DEFAULT 0,
    pending_requests      BIGINT  NOT NULL DEFAULT 0 CHECK (pending_requests >= 0),
    filtered_requests     BIGINT  NOT NULL DEFAULT 0 CHECK (filtered_requests >= 0),
    unread_conversations  BIGINT  NOT NULL DEFAULT 0 CHECK (unread_conversations >= 0),
    unread_messages       BIGINT  NOT NULL DEFAULT 0 CHECK (unread_messages >= 0)
);

-- Each searchable word under each of its beginnings (1 to 8 characters), so that a search reads one range in the order of usernames.
CREATE TABLE search_prefixes (
    prefix    NVARCHAR(8)    COLLATE Latin1_General_BIN2 NOT NULL,
    username  NVARCHAR(128)  COLLATE Latin1_General_BIN2 NOT NULL,
    word      NVARCHAR(200)  COLLATE Latin1_General_BIN2 NOT NULL,
    user_key  BIGINT         NOT NULL REFERENCES users (user_key),
    is_word   BIT            NOT NULL,
    PRIMARY KEY (prefix, username, word)
);
CREATE INDEX search_prefixes_of_user ON search_prefixes (user_key);

CREATE TABLE follows (
    follower_key  BIGINT  NOT NULL REFERENCES users (user_key),
    followee_key  BIGINT  NOT NULL REFERENCES users (user_key),
    followed_at   BIGINT  NOT NULL,
    PRIMARY KEY (follower_key, followee_key)
);
CREATE INDEX follows_by_follower ON follows (follower_key, followed_at, followee_key);
CREATE INDEX follows_by_followee ON follows (followee_key, followed_at, follower_key);

CREATE TABLE blocks (
    blocker_key  BIGINT  NOT NULL REFERENCES users (user_key),
    blocked_key  BIGINT  NOT NULL REFERENCES users (user_key),
    blocked_at   BIGINT  NOT NULL,
    PRIMARY KEY (blocker_key, blocked_key)
);
CREATE INDEX blocks_by_blocker ON blocks (blocker_key, blocked_at, blocked_key);
CREATE INDEX blocks_by_blocked ON blocks (blocked_key);

CREATE TABLE bans (
    user_key   BIGINT          NOT NULL PRIMARY KEY REFERENCES users (user_key),
    banned_at  BIGINT          NOT NULL,
    until      BIGINT,
    reason     NVARCHAR(1000)  COLLATE Latin1_General_BIN2
);
CREATE INDEX bans_ending ON bans (until) WHERE until IS NOT NULL;
CREATE INDEX bans_newest ON bans (banned_at, user_key);

-- One row for each pair; low_key < high_key makes the pair unordered.
CREATE TABLE conversations (
    conversation_key  BIGINT        NOT NULL IDENTITY CONSTRAINT conversations_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    conversation_id   VARCHAR(64)   COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT conversations_id UNIQUE,
    low_key           BIGINT        NOT NULL REFERENCES users (user_key),
    high_key          BIGINT        NOT NULL REFERENCES users (user_key),
    opener_key        BIGINT        NOT NULL REFERENCES users (user_key),
    -- The number of the latest edit, removal or reaction; see message_changes.
    last_change       BIGINT        NOT NULL DEFAULT 0,
    CONSTRAINT conversations_pair UNIQUE (low_key, high_key),
    CHECK (low_key < high_key)
);

-- A conversation as one of its two sees it. Its last seq is the sum of both sent_counts; unread is the peer's sent_count
-- less one's own seen_count. The peer's row of an empty chat is not visible yet.
-- active_version: the user's stamp when the conversation last moved, which is the order of the list. quiet_version: the
-- stamp of a later change that moved nothing there (a mark, a block), null when there is none. So a message moves one
-- index and not two. opened_at is each side's own: who opened a chat while it was empty does not show the other when.
-- From cleared_seq on: the user's own view. A chat is in one of the two indexes by activity, as it is archived or not, so
-- that each list is a range, and a message moves one entry whichever it was in.
CREATE TABLE participants (
    user_key          BIGINT  NOT NULL REFERENCES users (user_key),
    conversation_key  BIGINT  NOT NULL REFERENCES conversations (conversation_key),
    peer_key          BIGINT  NOT NULL REFERENCES users (user_key),
    sent_count        BIGINT  NOT NULL DEFAULT 0,
    seen_count        BIGINT  NOT NULL DEFAULT 0,
    seen_seq          BIGINT  NOT NULL DEFAULT 0,
    shown_seq         BIGINT  NOT NULL DEFAULT 0,
    seen_at           BIGINT  NOT NULL DEFAULT 0,
    visible           BIT     NOT NULL DEFAULT 0,
    active_version    BIGINT  NOT NULL DEFAULT 0,
    quiet_version     BIGINT,
    opened_at         BIGINT  NOT NULL,
    updated_at        BIGINT  NOT NULL,
    cleared_seq       BIGINT  NOT NULL DEFAULT 0,
    receipts          INT     NOT NULL DEFAULT 0,
    muted_until       BIGINT,
    is_archived       BIT     NOT NULL DEFAULT 0,
    is_pinned         BIT     NOT NULL DEFAULT 0,
    PRIMARY KEY (user_key, conversation_key),
    CHECK (shown_seq <= seen_seq)
);
CREATE INDEX participants_by_activity ON participants (user_key, active_version) INCLUDE (is_archived) WHERE is_archived = 0;
CREATE INDEX participants_archived ON participants (user_key, active_version) INCLUDE (is_archived) WHERE is_archived = 1;
CREATE INDEX participants_pinned ON participants (user_key, is_pinned) WHERE is_pinned = 1;
CREATE INDEX participants_by_quiet_version ON participants (user_key, quiet_version) WHERE quiet_version IS NOT NULL;

-- sender_count: how many of the sender's messages there are up to this one, so that unread is never counted.
-- No foreign keys: the writer has just read the conversation and both users, which are never deleted.
CREATE TABLE messages (
    conversation_key  BIGINT         NOT NULL,
    seq               BIGINT         NOT NULL,
    sender_key        BIGINT         NOT NULL,
    sender_count      BIGINT         NOT NULL,
    client_id         VARCHAR(64)    COLLATE Latin1_General_BIN2 NOT NULL,
    text              NVARCHAR(MAX)  COLLATE Latin1_General_BIN2 NOT NULL,
    sent_at           BIGINT         NOT NULL,
    reply_to_seq      BIGINT,
    PRIMARY KEY (conversation_key, seq)
);

-- What became of a message after it was sent: a row for each that was edited, removed or reacted to, so that all others cost
-- nothing. change: the number of its latest change in its conversation. A side has at most one reaction.
CREATE TABLE message_changes (
    conversation_key  BIGINT        NOT NULL,
    seq               BIGINT        NOT NULL,
    change            BIGINT        NOT NULL,
    edited_at         BIGINT,
    removed_at        BIGINT,
    sender_emoji      NVARCHAR(64)  COLLATE Latin1_General_BIN2,
    peer_emoji        NVARCHAR(64)  COLLATE Latin1_General_BIN2,
    PRIMARY KEY (conversation_key, seq)
);
CREATE UNIQUE INDEX message_changes_in_order ON message_changes (conversation_key, change);

-- Texts that an edit or a removal replaced, kept for reports for a while. change: the one that replaced it.
CREATE TABLE earlier_texts (
    conversation_key  BIGINT         NOT NULL,
    seq               BIGINT         NOT NULL,
    change            BIGINT         NOT NULL,
    text              NVARCHAR(MAX)  COLLATE Latin1_General_BIN2 NOT NULL,
    replaced_at       BIGINT         NOT NULL,
    PRIMARY KEY (conversation_key, seq, change)
);
CREATE INDEX earlier_texts_by_age ON earlier_texts (replaced_at);

-- What a user cleared, kept for a while, in which it can still be reported: messages after after_seq, up to up_to_seq.
CREATE TABLE clearings (
    user_key          BIGINT  NOT NULL REFERENCES users (user_key),
    conversation_key  BIGINT  NOT NULL,
    after_seq         BIGINT  NOT NULL,
    up_to_seq         BIGINT  NOT NULL,
    cleared_at        BIGINT  NOT NULL,
    PRIMARY KEY (user_key, conversation_key, after_seq)
);
CREATE INDEX clearings_by_age ON clearings (cleared_at);

-- entry: the recipient's list that holds it (0 main, 1 filtered, 2 deleted, 3 accepted), null for none. arrived_in: the folder it
-- arrived in (0 or 1), null where it never reached the recipient; new_sender: the sender's account was younger than 30 days then.
-- counted: it counts for the sender's day. ended_at: when it was withdrawn or expired.
-- The versions are the stamps of the two views; a recipient_version of 0 means that the recipient never saw it.
CREATE TABLE requests (
    request_key        BIGINT         NOT NULL IDENTITY CONSTRAINT requests_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    request_id         VARCHAR(64)    COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT requests_id UNIQUE,
    sender_key         BIGINT         NOT NULL REFERENCES users (user_key),
    recipient_key      BIGINT         NOT NULL REFERENCES users (user_key),
    client_id          VARCHAR(64)    COLLATE Latin1_General_BIN2 NOT NULL,
    text               NVARCHAR(MAX)  COLLATE Latin1_General_BIN2 NOT NULL,
    sent_at            BIGINT         NOT NULL,
    expires_at         BIGINT         NOT NULL,
    state              INT            NOT NULL,
    counted            BIT            NOT NULL,
    entry              INT,
    arrived_in         INT,
    new_sender         BIT            NOT NULL DEFAULT 0,
    deleted_at         BIGINT,
    ended_at           BIGINT,
    accepted_at        BIGINT,
    conversation_key   BIGINT REFERENCES conversations (conversation_key),
    -- Its message was edited or removed: the text is no longer the one that was sent.
    text_changed       BIT            NOT NULL DEFAULT 0,
    sender_version     BIGINT         NOT NULL,
    recipient_version  BIGINT         NOT NULL DEFAULT 0,
    CHECK (sender_key <> recipient_key)
);
-- Read by every check of who may reach whom, which then needs no look at the row.
CREATE UNIQUE INDEX requests_one_open ON requests (sender_key, recipient_key)
    INCLUDE (request_id, expires_at, entry, state) WHERE state = 0;
-- A list of one state passes the others over in the index, without a look at their rows.
CREATE INDEX requests_outgoing ON requests (sender_key, request_key) INCLUDE (state, expires_at);
CREATE INDEX requests_incoming ON requests (recipient_key, entry, request_key) INCLUDE (expires_at) WHERE entry IS NOT NULL;
CREATE INDEX requests_arrived ON requests (recipient_key, new_sender, sent_at) INCLUDE (arrived_in) WHERE arrived_in = 0;
CREATE INDEX requests_ended ON requests (sender_key, recipient_key, ended_at) INCLUDE (state, recipient_version) WHERE ended_at IS NOT NULL;
CREATE INDEX requests_by_sender_version ON requests (sender_key, sender_version);
CREATE INDEX requests_by_recipient_version ON requests (recipient_key, recipient_version);
CREATE INDEX requests_counted ON requests (sender_key, sent_at) INCLUDE (counted) WHERE counted = 1;
CREATE INDEX requests_deleted ON requests (recipient_key, sender_key, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX requests_of_conversation ON requests (conversation_key) WHERE conversation_key IS NOT NULL;
CREATE INDEX requests_between ON requests (recipient_key, sender_key, request_key);
CREATE INDEX requests_expiring ON requests (expires_at) INCLUDE (state) WHERE state = 0;
CREATE INDEX requests_ending ON requests (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX requests_accepted ON requests (accepted_at) WHERE accepted_at IS NOT NULL;

-- Requests that retention removed and that count in the context of the sender's next one for a year.
CREATE TABLE past_requests (
    request_key    BIGINT NOT NULL PRIMARY KEY,
    sender_key     BIGINT NOT NULL REFERENCES users (user_key),
    recipient_key  BIGINT NOT NULL REFERENCES users (user_key),
    ended_at       BIGINT NOT NULL
);
CREATE INDEX past_requests_between ON past_requests (sender_key, recipient_key, ended_at);
CREATE INDEX past_requests_by_age ON past_requests (ended_at);

-- The highest stamp of what retention removed from a user's view: an older state of a client may still hold it.
CREATE TABLE removed_stamps (
    user_key  BIGINT NOT NULL PRIMARY KEY REFERENCES users (user_key),
    version   BIGINT NOT NULL
);

-- One scope per sender over requests and messages. used_on: the UTC day, so that old keys go as a range. key_hash: of the
-- clientId, seeded with the sender. target_key: the message's conversation; of a request, whose seq is 0, the request.
CREATE TABLE idempotency_keys (
    used_on     BIGINT NOT NULL,
    key_hash    BIGINT NOT NULL,
    sender_key  BIGINT NOT NULL,
    target_key  BIGINT NOT NULL,
    seq         BIGINT NOT NULL,
    CONSTRAINT idempotency_keys_key PRIMARY KEY (used_on, key_hash, sender_key)
);
