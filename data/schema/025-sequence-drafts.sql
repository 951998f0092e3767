-- 025-sequence-drafts.sql: a sequence is written beside the version that leads walk.

-- What is being written; it need not be complete. Publishing makes a version of it and ends it. Names
-- in it follow what is renamed, as those in versions do.
CREATE TABLE sequence_draft (
  sequence        INTEGER PRIMARY KEY REFERENCES sequence ON DELETE CASCADE,
  graph           TEXT NOT NULL,                  -- a JSON object; sequences/rungs-graph.h tells the format
  based_on        INTEGER REFERENCES sequence_version ON DELETE SET NULL,  -- in use when the draft began; NULL: none
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
