-- Web Push. A subscription ends with its session (null for a token of none). device_id: chosen by its client, one of a user's.
-- put_at: when its client last put it.
CREATE TABLE push_subscriptions (
    subscription_key  BIGINT          NOT NULL IDENTITY PRIMARY KEY,
    user_key          BIGINT          NOT NULL REFERENCES users (user_key),
    device_id         VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL,
    session_key       BIGINT          REFERENCES sessions (session_key) ON DELETE CASCADE,
    endpoint          NVARCHAR(1000)  COLLATE Latin1_General_BIN2 NOT NULL,
    endpoint_hash     VARCHAR(64)     COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT push_subscriptions_endpoint UNIQUE,
    p256dh            VARCHAR(100)    COLLATE Latin1_General_BIN2 NOT NULL,
    auth              VARCHAR(100)    COLLATE Latin1_General_BIN2 NOT NULL,
    put_at            BIGINT          NOT NULL,
    CONSTRAINT push_subscriptions_device UNIQUE (user_key, device_id)
);
CREATE INDEX push_subscriptions_of_session ON push_subscriptions (session_key) WHERE session_key IS NOT NULL;

-- What is still to be delivered to webhooks and push services; a delivered entry is deleted. channel: 0 for Web Push, else the
-- number of the webhook and one. target: the subscription (Web Push; 0 for all of the user's), 0 for webhooks. Entries of one
-- channel, target and user are delivered in the order of their keys. event is an OutboxEventType; folder a RequestFolder.
-- occurred_at: the instant of the change that the entry belongs to. died_at: given up, a dead letter.
CREATE TABLE outbox (
    entry_key         BIGINT         NOT NULL IDENTITY CONSTRAINT outbox_key PRIMARY KEY WITH (OPTIMIZE_FOR_SEQUENTIAL_KEY = ON),
    entry_id          VARCHAR(64)    COLLATE Latin1_General_BIN2 NOT NULL CONSTRAINT outbox_id UNIQUE,
    channel           BIGINT         NOT NULL,
    target            BIGINT         NOT NULL,
    user_key          BIGINT         NOT NULL,
    event             INT            NOT NULL,
    peer_key          BIGINT,
    request_key       BIGINT,
    conversation_key  BIGINT,
    seq               BIGINT,
    folder            INT,
    report_id         VARCHAR(64)    COLLATE Latin1_General_BIN2,
    banned_until      BIGINT,
    occurred_at       BIGINT         NOT NULL,
    due_at            BIGINT         NOT NULL,
    attempts          INT            NOT NULL DEFAULT 0,
    last_error        NVARCHAR(400)  COLLATE Latin1_General_BIN2,
    died_at           BIGINT
);
CREATE INDEX outbox_due ON outbox (channel, due_at) INCLUDE (user_key, target, event, died_at) WHERE died_at IS NULL;
CREATE INDEX outbox_in_order ON outbox (user_key, channel, target, entry_key) INCLUDE (due_at, died_at) WHERE died_at IS NULL;
CREATE INDEX outbox_oldest ON outbox (occurred_at) INCLUDE (died_at) WHERE died_at IS NULL;
CREATE INDEX outbox_dead ON outbox (died_at) WHERE died_at IS NOT NULL;

-- Which instance does what only one may do. The holder renews by raising beat; another takes over when holder and beat have
-- stayed the same for as long as the lease lasts by its own clock. An empty holder: it was released.
CREATE TABLE leases (
    name    VARCHAR(50)  COLLATE Latin1_General_BIN2 NOT NULL PRIMARY KEY,
    holder  VARCHAR(64)  COLLATE Latin1_General_BIN2 NOT NULL,
    beat    BIGINT       NOT NULL
);
INSERT INTO leases (name, holder, beat) VALUES ('outbox', '', 0);
