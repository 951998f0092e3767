-- 004-import-shapes.sql: where the columns of an exporter went, for the next file of the same columns.

-- Files with the same headings are of one shape. Only where a person chose otherwise than Rungs guesses.
CREATE TABLE import_shape (
  shape           TEXT PRIMARY KEY,               -- hex SHA-256 of the headings, folded and sorted
  mapping         TEXT NOT NULL,                  -- JSON: an array of [heading, field], of all columns
  file_name       TEXT NOT NULL,                  -- the last file of this shape
  used_at         INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
