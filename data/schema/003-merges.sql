-- 003-merges.sql: leads that turned out to be one person, how to take that back, and who is not.

-- One merge: other leads became part of `lead`.
CREATE TABLE lead_merge (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,         -- never given again: timelines name it
  lead            INTEGER REFERENCES lead ON DELETE SET NULL,  -- the one that stayed; NULL: it was deleted
                                                  -- or erased since
  at              INTEGER NOT NULL,
  undone_at       INTEGER                         -- NULL: stands
) STRICT;
CREATE INDEX lead_merge_lead ON lead_merge (lead) WHERE lead IS NOT NULL;

-- The leads that went into it. Their ids are given to no other lead.
CREATE TABLE lead_merged (
  lead_merge      INTEGER NOT NULL REFERENCES lead_merge ON DELETE CASCADE,
  was             INTEGER NOT NULL,               -- the id that the lead had, and has again after undo
  PRIMARY KEY (lead_merge, was)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_merged_was ON lead_merged (was);

-- What a merge changed, row by row, so that it can be undone. Gone when it was, and when its lead is.
CREATE TABLE lead_merge_row (
  lead_merge      INTEGER NOT NULL REFERENCES lead_merge ON DELETE CASCADE,
  place           TEXT NOT NULL,                  -- the table
  key             TEXT NOT NULL,                  -- JSON array: the row's primary key
  before          TEXT,                           -- JSON object: the row, where the merge removed it, else
                                                  -- the columns it changed; NULL: it made the row
  after           TEXT,                           -- the same, as the merge left it; NULL: it removed the row
  PRIMARY KEY (lead_merge, place, key)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER lead_merge_forgets AFTER UPDATE OF lead ON lead_merge WHEN new.lead IS NULL
BEGIN DELETE FROM lead_merge_row WHERE lead_merge = new.id; END;

-- Leads that look alike and are different people: somebody said so.
CREATE TABLE lead_different (
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  other           INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,  -- the higher id of the two
  at              INTEGER NOT NULL,
  PRIMARY KEY (lead, other),
  CHECK (lead < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_different_other ON lead_different (other);

-- As before, but that a merge takes consents along to the lead that stays.
DROP TRIGGER consent_is_append_only;
CREATE TRIGGER consent_is_append_only
BEFORE UPDATE OF id, purpose, channel, action, annuls, at, origin, wording, run ON consent
BEGIN SELECT RAISE (ABORT, 'consent is append-only'); END;
