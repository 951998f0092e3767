-- 021-what-if.sql: suppositions about the year to come. Nothing else in the file rests on them.

-- A what-if that is kept: what would be otherwise than in a past period.
CREATE TABLE what_if (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE COLLATE NOCASE,
  days            INTEGER NOT NULL CHECK (days >= 0),  -- the period: so many days until it is looked at; 0: all
                                                  -- there are
  changes         TEXT NOT NULL,                  -- JSON, an array: [{"change": "price", "at": "product:3",
                                                  -- "minor": 4900, "currency": "EUR"}, …]; `change` is also
                                                  -- cost, refunds, renewals (of a product), spend (of a source,
                                                  -- in a month), or conversion, which also has `to`; what is no
                                                  -- money has "basis_points"
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
