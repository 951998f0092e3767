-- 011-retention.sql: how long what happened is kept.

-- Events of that kind are kept for so many months, then they are removed. Kinds without a row are kept
-- for ever; so is what the books and the evidence of consent need, whatever stands here.
CREATE TABLE retention (
  kind            TEXT PRIMARY KEY,               -- of event
  months          INTEGER NOT NULL CHECK (months BETWEEN 1 AND 1200),
  ran_at          INTEGER                         -- when it was last seen to; NULL: not yet
) STRICT, WITHOUT ROWID;
