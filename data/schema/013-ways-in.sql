-- 013-ways-in.sql: how leads come to what is sold, as the owner draws it, and by which sales letter one came.

-- An arrow of the map: from a source, or from all sources of a kind, to one of these: the opt-in (none of the
-- last three columns), a sequence, a sales letter, or a product where it is not said by which letter.
CREATE TABLE way_in (
  id              INTEGER PRIMARY KEY,
  source          INTEGER REFERENCES source ON DELETE CASCADE,   -- NULL: all sources of the kind
  kind            TEXT CHECK (kind IN ('customers', 'ppc', 'other', 'seo', 'jv', 'affiliate')),
                                                  -- NULL: the source alone
  path            TEXT NOT NULL CHECK (path IN ('opt-in', 'direct', 'phone', 'in person')),
  sequence        INTEGER REFERENCES sequence ON DELETE CASCADE,
  letter          INTEGER REFERENCES sales_letter ON DELETE CASCADE,
  product         INTEGER REFERENCES product ON DELETE CASCADE,
  created_at      INTEGER NOT NULL,
  CHECK ((source IS NULL) <> (kind IS NULL)),
  CHECK ((sequence IS NOT NULL) + (letter IS NOT NULL) + (product IS NOT NULL) <= 1),
  CHECK (path <> 'opt-in' OR (letter IS NULL AND product IS NULL)),
  CHECK (path <> 'direct' OR letter IS NOT NULL OR product IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX way_in_once
  ON way_in (coalesce (source, 0), coalesce (kind, ''), path, coalesce (sequence, 0), coalesce (letter, 0),
             coalesce (product, 0));

-- The sales letter to which the lead came; NULL: it is not known, or there was none.
ALTER TABLE touch ADD COLUMN letter INTEGER REFERENCES sales_letter ON DELETE SET NULL;
CREATE INDEX touch_letter ON touch (letter, at) WHERE letter IS NOT NULL;
