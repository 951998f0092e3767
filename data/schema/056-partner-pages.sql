-- 056-partner-pages.sql: a private page of each partner at the relay, and the texts that stand there to be copied.

-- Who has one. The token is the end of its address, and is here as it is: whoever has the file has all that the page
-- says anyway, a page has to be made where the keyring is locked, and its address goes on working where the file is
-- restored elsewhere. The relay has the hash of the token only.
CREATE TABLE partner_page (
  partner         INTEGER PRIMARY KEY REFERENCES partner,
  token           TEXT NOT NULL UNIQUE CHECK (length (token) >= 22),  -- at least 128 random bits, as base64url
  html            TEXT NOT NULL,                  -- the whole page; names no buyer
  hash            TEXT NOT NULL,                  -- of what it says, but for when that was looked up
  made_at         INTEGER NOT NULL,               -- when what it says was looked up
  put_at          INTEGER                         -- when the relay was given it as it is; NULL: it was not yet
) STRICT;

-- What partners of a programme may copy: texts that the owner wrote (partners/rungs-partner-page.h tells how they are
-- parted).
CREATE TABLE programme_material (
  programme       INTEGER PRIMARY KEY REFERENCES programme,
  texts           TEXT NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
