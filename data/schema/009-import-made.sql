-- 009-import-made.sql: what an import brought in besides leads, so that it can be taken back whole.

-- Tags, fields and a source that were not there before the import. When it is taken back they go too, but those that
-- something else came to use.
CREATE TABLE import_made (
  run             INTEGER NOT NULL REFERENCES import_run,
  place           TEXT NOT NULL CHECK (place IN ('tag', 'field', 'source')),  -- the table
  id              INTEGER NOT NULL,
  PRIMARY KEY (run, place, id)
) STRICT, WITHOUT ROWID;
