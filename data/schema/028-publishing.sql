-- 028-publishing.sql: a new version of a sequence is published for the leads inside too, and taken back.

-- A draft that came into use. The newest of a sequence that is not undone can be undone, as long as
-- its version is in use.
CREATE TABLE sequence_publish (
  id              INTEGER PRIMARY KEY,
  sequence        INTEGER NOT NULL REFERENCES sequence ON DELETE CASCADE,
  version         INTEGER NOT NULL REFERENCES sequence_version ON DELETE CASCADE,  -- what it made of it
  before          INTEGER REFERENCES sequence_version ON DELETE CASCADE,           -- in use until then; NULL: none
  name            TEXT NOT NULL,                  -- what the sequence was called until then
  draft           TEXT NOT NULL,                  -- the row of sequence_draft, as a JSON array
  withheld        TEXT NOT NULL DEFAULT '[]',     -- ids of the rows of the outbox that it withheld, JSON
  published_at    INTEGER NOT NULL,
  undone_at       INTEGER
) STRICT;
CREATE INDEX sequence_publish_sequence ON sequence_publish (sequence, id);

-- 1: publishing put the lead before this step: when it is due, it comes to it, instead of leaving it.
ALTER TABLE enrolment ADD COLUMN in_front INTEGER NOT NULL DEFAULT 0 CHECK (in_front IN (0, 1));

-- What put the lead where it stands or into the version that it walks; NULL: it came there by itself.
ALTER TABLE enrolment ADD COLUMN moved_by INTEGER REFERENCES sequence_publish ON DELETE SET NULL;

-- How it stood before, a JSON array with an object for each time that publishing moved it, the newest
-- first: {"publish", "version", "step", "visit", "due_at", "waits_for", "arrived_at", "in_front", "why"},
-- and "now_visit" and "now_waits_for", by which it is seen whether it has walked on since. NULL: never.
ALTER TABLE enrolment ADD COLUMN stood TEXT;

CREATE INDEX enrolment_moved ON enrolment (moved_by) WHERE moved_by IS NOT NULL;
