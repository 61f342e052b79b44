-- Web Push. A subscription ends with its session (null for a token of none). device_id: chosen by its client, one of a user's.
-- put_at: when its client last put it.
CREATE TABLE push_subscriptions (
    subscription_key  INTEGER PRIMARY KEY,
    user_key          INTEGER NOT NULL REFERENCES users,
    device_id         TEXT    NOT NULL,
    session_key       INTEGER REFERENCES sessions ON DELETE CASCADE,
    endpoint          TEXT    NOT NULL,
    endpoint_hash     TEXT    NOT NULL UNIQUE,
    p256dh            TEXT    NOT NULL,
    auth              TEXT    NOT NULL,
    put_at            INTEGER NOT NULL,
    UNIQUE (user_key, device_id)
);
CREATE INDEX push_subscriptions_of_session ON push_subscriptions (session_key) WHERE session_key IS NOT NULL;

-- What is still to be delivered to webhooks and push services; a delivered entry is deleted. channel: 0 for Web Push, else the
-- number of the webhook and one. target: the subscription (Web Push; 0 for all of the user's), 0 for webhooks. Entries of one
-- channel, target and user are delivered in the order of their keys. event is an OutboxEventType; folder a RequestFolder.
-- occurred_at: the instant of the change that the entry belongs to. died_at: given up, a dead letter.
CREATE TABLE outbox (
    entry_key         INTEGER PRIMARY KEY,
    entry_id          TEXT    NOT NULL UNIQUE,
    channel           INTEGER NOT NULL,
    target            INTEGER NOT NULL,
    user_key          INTEGER NOT NULL,
    event             INTEGER NOT NULL,
    peer_key          INTEGER,
    request_key       INTEGER,
    conversation_key  INTEGER,
    seq               INTEGER,
    folder            INTEGER,
    report_id         TEXT,
    banned_until      INTEGER,
    occurred_at       INTEGER NOT NULL,
    due_at            INTEGER NOT NULL,
    attempts          INTEGER NOT NULL DEFAULT 0,
    last_error        TEXT,
    died_at           INTEGER
);
CREATE INDEX outbox_due ON outbox (channel, due_at) WHERE died_at IS NULL;
CREATE INDEX outbox_in_order ON outbox (user_key, channel, target, entry_key) WHERE died_at IS NULL;
CREATE INDEX outbox_oldest ON outbox (occurred_at) WHERE died_at IS NULL;
CREATE INDEX outbox_dead ON outbox (died_at) WHERE died_at IS NOT NULL;

-- Which instance does what only one may do. The holder renews by raising beat; another takes over when holder and beat have
-- stayed the same for as long as the lease lasts by its own clock. An empty holder: it was released.
CREATE TABLE leases (
    name    TEXT    NOT NULL PRIMARY KEY,
    holder  TEXT    NOT NULL,
    beat    INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO leases (name, holder, beat) VALUES ('outbox', '', 0);
