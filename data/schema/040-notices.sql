-- 040-notices.sql: who is told of new leads, and how soon a person was in touch with them.

-- How staff are told of a new lead. The row of kind '' counts for all of which no other row says otherwise; where there
-- is none, they are told on the desktop and on Today.
CREATE TABLE notice_rule (
  id              INTEGER PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('', 'source', 'endpoint', 'form')),  -- what it is about; a form counts
                                                  -- before its endpoint, that before the source
  ref             INTEGER NOT NULL DEFAULT 0,     -- the source, or the web_endpoint
  form            TEXT NOT NULL DEFAULT '',       -- the name of the form
  desktop         INTEGER NOT NULL CHECK (desktop IN (0, 1)),  -- by a notification
  today           INTEGER NOT NULL CHECK (today IN (0, 1)),    -- on Today, until somebody has looked at the lead
  mail            TEXT NOT NULL DEFAULT '',       -- addresses of staff, one a line
  UNIQUE (kind, ref, form)
) STRICT;

-- A new lead of which somebody is told, and how, as the rules said when the lead was captured.
CREATE TABLE notice (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again: notice_address counts on it
  lead            INTEGER NOT NULL UNIQUE REFERENCES lead ON DELETE CASCADE,
  at              INTEGER NOT NULL,
  desktop         INTEGER NOT NULL CHECK (desktop IN (0, 1, 2)),  -- 1: to be told, 2: was told
  today           INTEGER NOT NULL CHECK (today IN (0, 1)),
  mail            TEXT NOT NULL DEFAULT '',
  seen_at         INTEGER                         -- when somebody looked at the lead first
) STRICT;
CREATE INDEX notice_desktop ON notice (id) WHERE desktop = 1;
CREATE INDEX notice_unseen ON notice (at) WHERE today = 1 AND seen_at IS NULL;

-- How far mail to an address of staff has come. What was claimed and neither sent nor refused when the program ended may
-- have arrived: it is not sent again.
CREATE TABLE notice_address (
  address         TEXT PRIMARY KEY,
  told            INTEGER NOT NULL,               -- the last notice that was told
  claimed         INTEGER,                        -- up to this one it is being sent
  again_at        INTEGER NOT NULL DEFAULT 0,     -- not before: mails to one address are kept apart
  sent_at         INTEGER,                        -- when one left last
  tries           INTEGER NOT NULL DEFAULT 0,     -- that failed since
  trouble         TEXT NOT NULL DEFAULT ''        -- why the last one did, in words; '': it did not
) STRICT, WITHOUT ROWID;

-- When a lead first filled in a form, booked or ordered, and when a person was in touch with it first after that. Derived
-- from the timeline and the tasks. Leads with whom somebody was in touch before are not here.
CREATE TABLE first_contact (
  lead            INTEGER PRIMARY KEY REFERENCES lead ON DELETE CASCADE,
  captured_at     INTEGER NOT NULL,
  source          INTEGER REFERENCES source,      -- of the touch before that; else the first one
  contacted_at    INTEGER,                        -- NULL: nobody was
  contact         TEXT NOT NULL DEFAULT ''        -- how: the kind of event
) STRICT;
CREATE INDEX first_contact_waiting ON first_contact (captured_at) WHERE contacted_at IS NULL;
CREATE INDEX first_contact_captured ON first_contact (captured_at, source);

-- New leads are those of from now on; what is derived is derived of all.
INSERT INTO cursor (name, event) SELECT 'notices', max (id) FROM event HAVING max (id) IS NOT NULL;
INSERT INTO cursor (name, event) SELECT 'first contacts', max (id) FROM event HAVING max (id) IS NOT NULL;
INSERT INTO first_contact (lead, captured_at, source, contacted_at, contact)
  WITH captured AS (
    SELECT lead, min (at) AS at FROM event
     WHERE kind IN ('form.submitted', 'order.placed') AND run IS NULL AND lead IS NOT NULL GROUP BY lead
  ), contacted AS (
    SELECT lead, at, kind FROM event LEFT JOIN note ON note.event = event.id
     WHERE kind IN ('call.logged', 'meeting.logged')
       AND NOT (kind = 'call.logged' AND coalesce (outcome, '') IN ('no-answer', 'busy', 'wrong'))
    UNION ALL
    SELECT lead, done_at, 'task.done' FROM task WHERE done_at IS NOT NULL AND lead IS NOT NULL
  )
  SELECT c.lead, c.at,
         coalesce ((SELECT t.source FROM touch t WHERE t.lead = c.lead AND t.at <= c.at + 60000
                     ORDER BY t.at DESC, t.id LIMIT 1),
                   (SELECT t.source FROM touch t WHERE t.lead = c.lead ORDER BY t.at, t.id LIMIT 1)),
         max (k.at, c.at), coalesce (k.kind, '')
    FROM captured c LEFT JOIN (SELECT lead, min (at) AS at, kind FROM contacted GROUP BY lead) k
      ON k.lead = c.lead
   WHERE k.at IS NULL OR k.at >= c.at - 60000;
