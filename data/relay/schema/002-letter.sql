-- 002-letter.sql: messages that ask people to confirm their address, which the relay sends itself.

-- Those that are not settled: what became of one is a delivery (POST /m), and then it is gone.
CREATE TABLE letter (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  once            TEXT NOT NULL UNIQUE,            -- the submission that asks for it: SHA-256 of its Rungs-Once
  sender          TEXT NOT NULL,                   -- as SMTP wants them
  recipient       TEXT NOT NULL,
  message_id      TEXT NOT NULL UNIQUE,            -- without < >
  bytes           BLOB NOT NULL,                   -- the message, as SMTP wants it
  made_at         INTEGER NOT NULL,                -- milliseconds since 1970, UTC
  due_at          INTEGER NOT NULL,                -- when it is tried next
  tries           INTEGER NOT NULL DEFAULT 0,
  is_out          INTEGER NOT NULL DEFAULT 0       -- a server is given it: if we die now, it may have it
) STRICT;
CREATE INDEX letter_due ON letter (due_at, id) WHERE is_out = 0;
