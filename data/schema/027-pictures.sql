-- 027-pictures.sql: pictures in messages, the signature under them, and the language they are in.

-- As messages carry them: scaled, upright, without a word about where they were taken. Blocks name them by
-- key (message_version.blocks), and the bytes behind a key never change.
CREATE TABLE picture (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE,           -- small letters, digits and hyphens
  name            TEXT NOT NULL,                  -- what people call it
  media_type      TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png', 'image/gif')),
  width           INTEGER NOT NULL CHECK (width > 0),            -- px
  height          INTEGER NOT NULL CHECK (height > 0),
  sha256          TEXT NOT NULL UNIQUE,           -- of the bytes, in hexadecimal
  created_at      INTEGER NOT NULL,
  bytes           BLOB NOT NULL
) STRICT;

-- What the block “signature” shows, in Markdown.
ALTER TABLE business ADD COLUMN signature TEXT NOT NULL DEFAULT '';

-- In which language (BCP 47) the message is written; '': in that of the lead.
ALTER TABLE message ADD COLUMN language TEXT NOT NULL DEFAULT '';
