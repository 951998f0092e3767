-- 042-source-links.sql: links of our own that lead somewhere and remember which source they are of.

-- https://RELAY/r/CODE leads to the target; a form that is sent afterwards is a touch of the source.
CREATE TABLE source_link (
  source          INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,
  code            TEXT NOT NULL UNIQUE,
  target          TEXT NOT NULL,                  -- where it leads
  remember        TEXT NOT NULL DEFAULT 'both'    -- which of several sources a form then tells of
                  CHECK (remember IN ('first', 'last', 'both', '')),
  days            INTEGER NOT NULL DEFAULT 30 CHECK (days BETWEEN 1 AND 400)  -- so long that is remembered
) STRICT;
