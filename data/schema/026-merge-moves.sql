-- 026-merge-moves.sql: rows that a merge only gave to another lead, kept as lists instead of one by one.

-- Of a merge, the rows of a table that changed nothing but their lead; lead_merge_row has all else. Gone when it
-- was undone, and when its lead is.
CREATE TABLE lead_merge_moved (
  lead_merge      INTEGER NOT NULL REFERENCES lead_merge ON DELETE CASCADE,
  place           TEXT NOT NULL,                  -- the table
  was             INTEGER NOT NULL,               -- the lead that had them
  rows            TEXT NOT NULL,                  -- JSON array: their ids
  PRIMARY KEY (lead_merge, place, was)
) STRICT, WITHOUT ROWID;

DROP TRIGGER lead_merge_forgets;
CREATE TRIGGER lead_merge_forgets AFTER UPDATE OF lead ON lead_merge WHEN new.lead IS NULL
BEGIN
  DELETE FROM lead_merge_row WHERE lead_merge = new.id;
  DELETE FROM lead_merge_moved WHERE lead_merge = new.id;
END;
