-- 005-privacy.sql: who was forgotten, without saying who it was.

-- One person who was erased. The same stands in a file beside this one ("…-erasures"), so that a copy that
-- is put back forgets them again.
CREATE TABLE erasure (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid            TEXT NOT NULL UNIQUE,           -- names it in every copy of the file
  at              INTEGER NOT NULL,
  known_since     INTEGER NOT NULL,               -- copies made from then on until `at` hold the person
  reason          TEXT NOT NULL DEFAULT '',       -- who asked and why, in the owner's words
  orders_kept     INTEGER NOT NULL CHECK (orders_kept IN (0, 1)),
  mentions        INTEGER NOT NULL,               -- texts about others that named the person, and do no more
  wiped_at        INTEGER                         -- when no byte was left in the file's free space, its
                                                  -- journal and the search index; NULL: not yet
) STRICT;

-- By what the person is known again in a copy: hex SHA-256 of business.salt and either the e-mail key or
-- "lead:ID:CREATED_AT".
CREATE TABLE erasure_print (
  erasure         INTEGER NOT NULL REFERENCES erasure ON DELETE CASCADE,
  hash            TEXT NOT NULL,
  PRIMARY KEY (erasure, hash)
) STRICT, WITHOUT ROWID;
