-- 024-mailboxes.sql: mailboxes in which replies and returned mail come in.

CREATE TABLE mailbox (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,           -- names the secret in the keyring
  name            TEXT NOT NULL UNIQUE,
  host            TEXT NOT NULL,
  port            INTEGER NOT NULL DEFAULT 0,     -- 0: the usual one
  security        TEXT NOT NULL DEFAULT 'tls' CHECK (security IN ('starttls', 'tls', 'none')),
  auth            TEXT NOT NULL DEFAULT 'auto' CHECK (auth IN ('auto', 'xoauth2')),
  username        TEXT NOT NULL,
  ca_file         TEXT NOT NULL DEFAULT '',       -- trusted certificates of a server of one's own
  folder          TEXT NOT NULL DEFAULT 'INBOX',
  minutes         INTEGER NOT NULL DEFAULT 5 CHECK (minutes BETWEEN 1 AND 1440),  -- between two looks
  validity        INTEGER NOT NULL DEFAULT 0,     -- of the folder's UIDs, when it was last read
  newest          INTEGER NOT NULL DEFAULT 0,     -- UID of the last mail that was read
  looked_at       INTEGER,                        -- when it was last tried
  trouble         TEXT NOT NULL DEFAULT '',       -- why that failed, in words; '': it did not
  created_at      INTEGER NOT NULL
) STRICT;
