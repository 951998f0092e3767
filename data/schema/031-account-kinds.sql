-- 031-account-kinds.sql: accounts and mailboxes of more kinds than a folder, SMTP and IMAP.

-- How messages leave: practice (into a folder beside the file) · smtp (RFC 5321) · jmap (RFC 8620, 8621) · http (a
-- provider's own interface, as data/providers tells it).
ALTER TABLE account ADD COLUMN way TEXT NOT NULL DEFAULT 'practice'
  CHECK (way IN ('practice', 'smtp', 'jmap', 'http'));
-- How it signs in: none · auto, plain, login: with a password · xoauth2: the keyring has an access token ·
-- oauth: the keyring has what was agreed to in the browser · goa: GNOME Online Accounts has it, and username keeps
-- the id of the account there.
ALTER TABLE account ADD COLUMN signs_in TEXT NOT NULL DEFAULT 'auto'
  CHECK (signs_in IN ('none', 'auto', 'plain', 'login', 'xoauth2', 'oauth', 'goa'));
UPDATE account SET way = kind, signs_in = auth;
ALTER TABLE account DROP COLUMN kind;
ALTER TABLE account DROP COLUMN auth;
ALTER TABLE account RENAME COLUMN way TO kind;
ALTER TABLE account RENAME COLUMN signs_in TO auth;
ALTER TABLE account ADD COLUMN provider TEXT NOT NULL DEFAULT '';    -- http: key of its file in data/providers; with
                                                  -- auth oauth: who it was agreed with; else ''
ALTER TABLE account ADD COLUMN options TEXT NOT NULL DEFAULT '{}';   -- JSON: the provider's own (region, stream)
ALTER TABLE account ADD COLUMN url TEXT NOT NULL DEFAULT '';         -- jmap: the session resource

-- How what comes back is read, and how it signs in; the words are those of account.
ALTER TABLE mailbox ADD COLUMN kind TEXT NOT NULL DEFAULT 'imap' CHECK (kind IN ('imap', 'jmap'));
ALTER TABLE mailbox ADD COLUMN signs_in TEXT NOT NULL DEFAULT 'auto'
  CHECK (signs_in IN ('auto', 'xoauth2', 'oauth', 'goa'));
UPDATE mailbox SET signs_in = auth;
ALTER TABLE mailbox DROP COLUMN auth;
ALTER TABLE mailbox RENAME COLUMN signs_in TO auth;
ALTER TABLE mailbox ADD COLUMN provider TEXT NOT NULL DEFAULT '';    -- with auth oauth: who it was agreed with; else ''
ALTER TABLE mailbox ADD COLUMN url TEXT NOT NULL DEFAULT '';         -- jmap: the session resource
ALTER TABLE mailbox ADD COLUMN state TEXT NOT NULL DEFAULT '';       -- jmap: up to which state it was read
