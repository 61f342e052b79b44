-- Instants are unix milliseconds, flags 0 or 1, dates YYYY-MM-DD. Opaque text ids outside, compact keys inside.

CREATE TABLE server_state (
    name   TEXT NOT NULL PRIMARY KEY,
    value  TEXT NOT NULL
) WITHOUT ROWID;

-- created_at: when the row was made. joined_at: since when the account exists, null where its host does not say.
CREATE TABLE users (
    user_key            INTEGER PRIMARY KEY,
    user_id             TEXT    NOT NULL UNIQUE,
    username            TEXT    NOT NULL,
    -- The username as it is compared; see Usernames.
    username_key        TEXT    NOT NULL UNIQUE,
    display_name        TEXT    NOT NULL,
    bio                 TEXT,
    avatar_url          TEXT,
    birth_date          TEXT,
    is_verified         INTEGER NOT NULL DEFAULT 0,
    messaging_policy    INTEGER NOT NULL DEFAULT 0,
    send_seen_receipts  INTEGER NOT NULL DEFAULT 1,
    show_presence       INTEGER NOT NULL DEFAULT 1,
    min_age_days        INTEGER NOT NULL DEFAULT 0,
    push_content        INTEGER NOT NULL DEFAULT 1,
    -- How many rows of push_subscriptions there are at the most: 0 means that nothing needs to be queued for them.
    push_count          INTEGER NOT NULL DEFAULT 0,
    follower_count      INTEGER NOT NULL DEFAULT 0,
    following_count     INTEGER NOT NULL DEFAULT 0,
    created_at          INTEGER NOT NULL,
    joined_at           INTEGER,
    last_seen_at        INTEGER,
    removed_at          INTEGER,
    is_moderator        INTEGER NOT NULL DEFAULT 0,
    -- Tokens of no session that were issued before are refused.
    signed_out_at       INTEGER
);

-- A JSON array; apart from the profile, which every message reads. No row: none.
CREATE TABLE hidden_words (
    user_key  INTEGER PRIMARY KEY REFERENCES users,
    words     TEXT NOT NULL
);

-- Built-in accounts only.
CREATE TABLE credentials (
    user_key       INTEGER PRIMARY KEY REFERENCES users,
    password_hash  TEXT NOT NULL
);

-- Usernames of erased built-in accounts, which stay taken for a while.
CREATE TABLE retired_usernames (
    username_key  TEXT    NOT NULL PRIMARY KEY,
    user_key      INTEGER NOT NULL REFERENCES users,
    retired_at    INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX retired_usernames_by_age ON retired_usernames (retired_at);

-- What every message touches, apart from the wide profile: the user's version and badges.
CREATE TABLE inboxes (
    user_key              INTEGER PRIMARY KEY REFERENCES users,
    version               INTEGER NOT NULL DEFAULT 0,
    pending_requests      INTEGER NOT NULL DEFAULT 0 CHECK (pending_requests >= 0),
    filtered_requests     INTEGER NOT NULL DEFAULT 0 CHECK (filtered_requests >= 0),
    unread_conversations  INTEGER NOT NULL DEFAULT 0 CHECK (unread_conversations >= 0),
    unread_messages       INTEGER NOT NULL DEFAULT 0 CHECK (unread_messages >= 0)
);

-- Each searchable word under each of its beginnings (1 to 8 characters), so that a search reads one range in the order of usernames.
CREATE TABLE search_prefixes (
    prefix    TEXT    NOT NULL,
    username  TEXT    NOT NULL,
    word      TEXT    NOT NULL,
    user_key  INTEGER NOT NULL REFERENCES users,
    is_word   INTEGER NOT NULL,
    PRIMARY KEY (prefix, username, word)
) WITHOUT ROWID;
CREATE INDEX search_prefixes_of_user ON search_prefixes (user_key);

CREATE TABLE follows (
    follower_key  INTEGER NOT NULL REFERENCES users,
    followee_key  INTEGER NOT NULL REFERENCES users,
    followed_at   INTEGER NOT NULL,
    PRIMARY KEY (follower_key, followee_key)
) WITHOUT ROWID;
CREATE INDEX follows_by_follower ON follows (follower_key, followed_at, followee_key);
CREATE INDEX follows_by_followee ON follows (followee_key, followed_at, follower_key);

CREATE TABLE blocks (
    blocker_key  INTEGER NOT NULL REFERENCES users,
    blocked_key  INTEGER NOT NULL REFERENCES users,
    blocked_at   INTEGER NOT NULL,
    PRIMARY KEY (blocker_key, blocked_key)
) WITHOUT ROWID;
CREATE INDEX blocks_by_blocker ON blocks (blocker_key, blocked_at, blocked_key);
CREATE INDEX blocks_by_blocked ON blocks (blocked_key);

CREATE TABLE bans (
    user_key   INTEGER PRIMARY KEY REFERENCES users,
    banned_at  INTEGER NOT NULL,
    until      INTEGER,
    reason     TEXT
);
CREATE INDEX bans_ending ON bans (until) WHERE until IS NOT NULL;
CREATE INDEX bans_newest ON bans (banned_at, user_key);

-- One row for each pair; low_key < high_key makes the pair unordered.
CREATE TABLE conversations (
    conversation_key  INTEGER PRIMARY KEY,
    conversation_id   TEXT    NOT NULL UNIQUE,
    low_key           INTEGER NOT NULL REFERENCES users,
    high_key          INTEGER NOT NULL REFERENCES users,
    opener_key        INTEGER NOT NULL REFERENCES users,
    -- The number of the latest edit, removal or reaction; see message_changes.
    last_change       INTEGER NOT NULL DEFAULT 0,
    UNIQUE (low_key, high_key),
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
    user_key          INTEGER NOT NULL REFERENCES users,
    conversation_key  INTEGER NOT NULL REFERENCES conversations,
    peer_key          INTEGER NOT NULL REFERENCES users,
    sent_count        INTEGER NOT NULL DEFAULT 0,
    seen_count        INTEGER NOT NULL DEFAULT 0,
    seen_seq          INTEGER NOT NULL DEFAULT 0,
    shown_seq         INTEGER NOT NULL DEFAULT 0,
    seen_at           INTEGER NOT NULL DEFAULT 0,
    visible           INTEGER NOT NULL DEFAULT 0,
    active_version    INTEGER NOT NULL DEFAULT 0,
    quiet_version     INTEGER,
    opened_at         INTEGER NOT NULL,
    updated_at        INTEGER NOT NULL,
    cleared_seq       INTEGER NOT NULL DEFAULT 0,
    receipts          INTEGER NOT NULL DEFAULT 0,
    muted_until       INTEGER,
    is_archived       INTEGER NOT NULL DEFAULT 0,
    is_pinned         INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (user_key, conversation_key),
    CHECK (shown_seq <= seen_seq)
) WITHOUT ROWID;
CREATE INDEX participants_by_activity ON participants (user_key, active_version) WHERE is_archived = 0;
CREATE INDEX participants_archived ON participants (user_key, active_version) WHERE is_archived = 1;
CREATE INDEX participants_pinned ON participants (user_key, is_pinned) WHERE is_pinned = 1;
CREATE INDEX participants_by_quiet_version ON participants (user_key, quiet_version) WHERE quiet_version IS NOT NULL;

-- sender_count: how many of the sender's messages there are up to this one, so that unread is never counted.
-- No foreign keys: the writer has just read the conversation and both users, which are never deleted.
CREATE TABLE messages (
    conversation_key  INTEGER NOT NULL,
    seq               INTEGER NOT NULL,
    sender_key        INTEGER NOT NULL,
    sender_count      INTEGER NOT NULL,
    client_id         TEXT    NOT NULL,
    text              TEXT    NOT NULL,
    sent_at           INTEGER NOT NULL,
    reply_to_seq      INTEGER,
    PRIMARY KEY (conversation_key, seq)
) WITHOUT ROWID;

-- What became of a message after it was sent: a row for each that was edited, removed or reacted to, so that all others cost
-- nothing. change: the number of its latest change in its conversation. A side has at most one reaction.
CREATE TABLE message_changes (
    conversation_key  INTEGER NOT NULL,
    seq               INTEGER NOT NULL,
    change            INTEGER NOT NULL,
    edited_at         INTEGER,
    removed_at        INTEGER,
    sender_emoji      TEXT,
    peer_emoji        TEXT,
    PRIMARY KEY (conversation_key, seq)
) WITHOUT ROWID;
CREATE UNIQUE INDEX message_changes_in_order ON message_changes (conversation_key, change);

-- Texts that an edit or a removal replaced, kept for reports for a while. change: the one that replaced it.
CREATE TABLE earlier_texts (
    conversation_key  INTEGER NOT NULL,
    seq               INTEGER NOT NULL,
    change            INTEGER NOT NULL,
    text              TEXT    NOT NULL,
    replaced_at       INTEGER NOT NULL,
    PRIMARY KEY (conversation_key, seq, change)
) WITHOUT ROWID;
CREATE INDEX earlier_texts_by_age ON earlier_texts (replaced_at);

-- What a user cleared, kept for a while, in which it can still be reported: messages after after_seq, up to up_to_seq.
CREATE TABLE clearings (
    user_key          INTEGER NOT NULL REFERENCES users,
    conversation_key  INTEGER NOT NULL,
    after_seq         INTEGER NOT NULL,
    up_to_seq         INTEGER NOT NULL,
    cleared_at        INTEGER NOT NULL,
    PRIMARY KEY (user_key, conversation_key, after_seq)
) WITHOUT ROWID;
CREATE INDEX clearings_by_age ON clearings (cleared_at);

-- entry: the recipient's list that holds it (0 main, 1 filtered, 2 deleted, 3 accepted), null for none. arrived_in: the folder it
-- arrived in (0 or 1), null where it never reached the recipient; new_sender: the sender's account was younger than 30 days then.
-- counted: it counts for the sender's day. ended_at: when it was withdrawn or expired.
-- The versions are the stamps of the two views; a recipient_version of 0 means that the recipient never saw it.
CREATE TABLE requests (
    request_key        INTEGER PRIMARY KEY,
    request_id         TEXT    NOT NULL UNIQUE,
    sender_key         INTEGER NOT NULL REFERENCES users,
    recipient_key      INTEGER NOT NULL REFERENCES users,
    client_id          TEXT    NOT NULL,
    text               TEXT    NOT NULL,
    sent_at            INTEGER NOT NULL,
    expires_at         INTEGER NOT NULL,
    state              INTEGER NOT NULL,
    counted            INTEGER NOT NULL,
    entry              INTEGER,
    arrived_in         INTEGER,
    new_sender         INTEGER NOT NULL DEFAULT 0,
    deleted_at         INTEGER,
    ended_at           INTEGER,
    accepted_at        INTEGER,
    conversation_key   INTEGER REFERENCES conversations,
    -- Its message was edited or removed: the text is no longer the one that was sent.
    text_changed       INTEGER NOT NULL DEFAULT 0,
    sender_version     INTEGER NOT NULL,
    recipient_version  INTEGER NOT NULL DEFAULT 0,
    CHECK (sender_key <> recipient_key)
);
CREATE UNIQUE INDEX requests_one_open ON requests (sender_key, recipient_key) WHERE state = 0;
CREATE INDEX requests_outgoing ON requests (sender_key, request_key);
CREATE INDEX requests_incoming ON requests (recipient_key, entry, request_key) WHERE entry IS NOT NULL;
CREATE INDEX requests_arrived ON requests (recipient_key, new_sender, sent_at) WHERE arrived_in = 0;
CREATE INDEX requests_ended ON requests (sender_key, recipient_key, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX requests_by_sender_version ON requests (sender_key, sender_version);
CREATE INDEX requests_by_recipient_version ON requests (recipient_key, recipient_version);
CREATE INDEX requests_counted ON requests (sender_key, sent_at) WHERE counted = 1;
CREATE INDEX requests_deleted ON requests (recipient_key, sender_key, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX requests_of_conversation ON requests (conversation_key) WHERE conversation_key IS NOT NULL;
CREATE INDEX requests_between ON requests (recipient_key, sender_key, request_key);
CREATE INDEX requests_expiring ON requests (expires_at) WHERE state = 0;
CREATE INDEX requests_ending ON requests (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX requests_accepted ON requests (accepted_at) WHERE accepted_at IS NOT NULL;

-- Requests that retention removed and that count in the context of the sender's next one for a year.
CREATE TABLE past_requests (
    request_key    INTEGER NOT NULL PRIMARY KEY,
    sender_key     INTEGER NOT NULL REFERENCES users,
    recipient_key  INTEGER NOT NULL REFERENCES users,
    ended_at       INTEGER NOT NULL
);
CREATE INDEX past_requests_between ON past_requests (sender_key, recipient_key, ended_at);
CREATE INDEX past_requests_by_age ON past_requests (ended_at);

-- The highest stamp of what retention removed from a user's view: an older state of a client may still hold it.
CREATE TABLE removed_stamps (
    user_key  INTEGER NOT NULL PRIMARY KEY REFERENCES users,
    version   INTEGER NOT NULL
);

-- One scope per sender over requests and messages. used_on: the UTC day, so that old keys go as a range. key_hash: of the
-- clientId, seeded with the sender. target_key: the message's conversation; of a request, whose seq is 0, the request.
CREATE TABLE idempotency_keys (
    used_on     INTEGER NOT NULL,
    key_hash    INTEGER NOT NULL,
    sender_key  INTEGER NOT NULL,
    target_key  INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (used_on, key_hash, sender_key)
) WITHOUT ROWID;

-- The newest of them, in the order in which they were used, until they move to sorted runs (migration 4). What the log has no
-- place for is in the table above. The newest row always stays.
CREATE TABLE idempotency_log (
    position    INTEGER PRIMARY KEY,
    used_on     INTEGER NOT NULL,
    key_hash    INTEGER NOT NULL,
    sender_key  INTEGER NOT NULL,
    target_key  INTEGER NOT NULL,
    seq         INTEGER NOT NULL
);

