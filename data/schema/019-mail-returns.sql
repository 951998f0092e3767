-- 019-mail-returns.sql: what came back by mail.

-- Mails that were read and meant something, so that each means it once. What they told stands in the
-- timeline; the mails themselves stay where they were read.
CREATE TABLE mail_return (
  id              INTEGER PRIMARY KEY,
  hash            TEXT NOT NULL UNIQUE,           -- hex SHA-256 of the mail
  kind            TEXT NOT NULL
                  CHECK (kind IN ('bounce', 'blocked', 'delay', 'complaint', 'unsubscribe', 'absence', 'reply')),
  raw             BLOB,                           -- the mail, while a person must say whom it is about; else NULL
  at              INTEGER NOT NULL                -- when it was read
) STRICT;
CREATE INDEX mail_return_unclear ON mail_return (id) WHERE raw IS NOT NULL;
