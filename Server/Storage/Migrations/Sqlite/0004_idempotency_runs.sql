-- Keys that have left idempotency_log: runs, each sorted by hash and written once, so that a key costs no page of its own.
CREATE TABLE idempotency_run_keys (
    run         INTEGER NOT NULL,
    key_hash    INTEGER NOT NULL,
    sender_key  INTEGER NOT NULL,
    used_on     INTEGER NOT NULL,
    target_key  INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (run, key_hash, sender_key)
) WITHOUT ROWID;

-- The runs that are complete. used_on: the newest key's. filter: says of most hashes that they are not in the run. The newest row always stays.
CREATE TABLE idempotency_runs (
    run      INTEGER PRIMARY KEY,
    used_on  INTEGER NOT NULL,
    filter   BLOB    NOT NULL
);
