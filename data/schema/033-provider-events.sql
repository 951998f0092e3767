-- 033-provider-events.sql: what providers call our messages, and what they are asked about them.

-- What the provider calls the message where that is not its Message-ID: what it tells later names this.
ALTER TABLE outbox ADD COLUMN provider_id TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_provider_id ON outbox (provider_id) WHERE provider_id <> '';

-- How far the provider of an account was asked for bounces, complaints and the like.
CREATE TABLE account_pull (
  account         INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  name            TEXT NOT NULL,                  -- of the question, in the provider's file
  since           INTEGER NOT NULL DEFAULT 0,     -- what came before was heard; 0: nothing was
  looked_at       INTEGER NOT NULL DEFAULT 0,     -- when it was last tried; 0: never
  wait_until      INTEGER NOT NULL DEFAULT 0,     -- the provider asked not to be asked before
  trouble         TEXT NOT NULL DEFAULT '',       -- why the last try failed, in words; '': it did not
  PRIMARY KEY (account, name)
) STRICT, WITHOUT ROWID;
