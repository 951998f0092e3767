-- 058-partner-status.sql: whether a partner earns, and since when.

-- The newest word about a partner counts from its moment on; before the first one a partner is active. Who has applied
-- has done so from the beginning (0): nothing that came before is credited to it either.
CREATE TABLE partner_status (
  id              INTEGER PRIMARY KEY,
  partner         INTEGER NOT NULL REFERENCES partner,
  status          TEXT NOT NULL CHECK (status IN ('applied', 'active', 'paused', 'ended')),
  at              INTEGER NOT NULL,               -- from then on
  said_at         INTEGER NOT NULL,               -- when somebody said so
  why             TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX partner_status_partner ON partner_status (partner, at, id);

-- What it is now: what the newest word says. ended_at is when it ended, of one that is ended.
ALTER TABLE partner ADD COLUMN status TEXT NOT NULL DEFAULT 'active'
  CHECK (status IN ('applied', 'active', 'paused', 'ended'));

INSERT INTO partner_status (partner, status, at, said_at)
  SELECT id, 'ended', ended_at, ended_at FROM partner WHERE ended_at IS NOT NULL ORDER BY id;
UPDATE partner SET status = 'ended' WHERE ended_at IS NOT NULL;

-- When a partner earns nothing: from one moment up to another, which is no part of it.
CREATE VIEW partner_idle AS
  SELECT s.partner AS partner, s.at AS from_at,
         (SELECT n.at FROM partner_status n
           WHERE n.partner = s.partner AND (n.at, n.id) > (s.at, s.id)
           ORDER BY n.at, n.id LIMIT 1) AS until_at
    FROM partner_status s WHERE s.status <> 'active';
