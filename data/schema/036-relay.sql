-- 036-relay.sql: the relay that takes deliveries while this machine sleeps.

CREATE TABLE web_relay (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  uuid            TEXT NOT NULL,                  -- what it calls itself; names its key in the keyring
  address         TEXT NOT NULL,                  -- 'https://relay.example'
  ca_file         TEXT NOT NULL DEFAULT '',       -- trusted certificates of a server of one's own
  cursor          INTEGER NOT NULL DEFAULT 0,     -- the last of its deliveries that is in this file
  looked_at       INTEGER,                        -- when it was last asked
  trouble         TEXT NOT NULL DEFAULT '',       -- why that failed, in words; '': it did not
  paired_at       INTEGER NOT NULL
) STRICT;
