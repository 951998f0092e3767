-- 037-links.sql: what the links of our messages are signed with, and the visits of our pages.

-- The newest one signs; all are believed, for ever: messages with their links have been sent. They are here
-- and not in the keyring, so that these links go on working where the file is restored elsewhere.
CREATE TABLE web_link_key (
  id              INTEGER PRIMARY KEY,
  key             BLOB NOT NULL UNIQUE CHECK (length (key) = 32),
  made_at         INTEGER NOT NULL
) STRICT;

-- How often each page was opened, by day. Nobody is told from others: these are counts and no more.
CREATE TABLE web_visit (
  day             TEXT NOT NULL,                  -- YYYY-MM-DD in the business's zone
  path            TEXT NOT NULL,                  -- of the page: '/p/book', '/prices'; '*': too many others
  variant         TEXT NOT NULL,                  -- of a sales letter: 'ppc', 'email'; '': it has none
  code            TEXT NOT NULL,                  -- of the source that led there; '': none
  machine         INTEGER NOT NULL CHECK (machine IN (0, 1)),  -- 1: no person
  visits          INTEGER NOT NULL CHECK (visits > 0),
  PRIMARY KEY (day, path, variant, code, machine)
) STRICT, WITHOUT ROWID;
