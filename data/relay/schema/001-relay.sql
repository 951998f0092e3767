-- 001-relay.sql: what a relay holds until the desktop has taken it. No leads, and nothing that was taken.

-- What came in, as wire/rungs-raw-delivery.h describes it.
CREATE TABLE delivery (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,   -- the desktop's cursor: never given twice
  received_at     INTEGER NOT NULL,                    -- milliseconds since 1970, UTC
  raw             BLOB NOT NULL
) STRICT;

-- uuid        which relay this is
-- key         SHA-256, in hex, of the key by which the desktop is known
-- code        the same of the code that pairs the next desktop
-- code_until  until when it counts, milliseconds since 1970
-- code_tries  how many wrong ones it still survives
-- published   JSON: what the desktop last put up
CREATE TABLE setting (
  name            TEXT PRIMARY KEY,
  value           TEXT NOT NULL
) STRICT, WITHOUT ROWID;
