-- 059-partner-documents.sql: files that are kept with a partner: its contract, tax forms.

-- What a file says is sealed with the key that the keyring has (partners/rungs-seal.h), for its partner and itself
-- alone. Its name, size and day stand here as they are.
CREATE TABLE partner_document (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  partner         INTEGER NOT NULL REFERENCES partner,
  name            TEXT NOT NULL CHECK (name <> ''),
  size            INTEGER NOT NULL CHECK (size BETWEEN 0 AND 10485760),  -- bytes, as it was before it was sealed
  added_at        INTEGER NOT NULL,
  sealed          BLOB NOT NULL
) STRICT;
CREATE INDEX partner_document_partner ON partner_document (partner, added_at, id);
