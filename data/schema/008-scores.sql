-- 008-scores.sql: points by rule. The formula stands in leads/rungs-score.h.

-- What something that a lead does is worth.
CREATE TABLE score_rule (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,    -- never given again, so that removing can be undone
  kind            TEXT NOT NULL,                  -- of event: leads/rungs-score.h lists those that can be worth something
  pattern         TEXT NOT NULL DEFAULT '',       -- only events whose detail fits it; '' fits all
  points          INTEGER NOT NULL CHECK (points <> 0),
  half_life       INTEGER CHECK (half_life > 0),  -- after so many days they are worth half; NULL: they stay
  day_cap         INTEGER CHECK (day_cap > 0),    -- at most so many points in a day; NULL: no cap
  created_at      INTEGER NOT NULL
) STRICT;

-- While scores are counted anew because a rule changed (one row, or none): the leads with ids up to
-- `after` are done.
CREATE TABLE score_sweep (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  after           INTEGER NOT NULL
) STRICT;

-- lead.score is derived from here on: the points that were given, and what the rules make of the
-- lead's events. `rungsctl check` compares.
ALTER TABLE lead ADD COLUMN points INTEGER NOT NULL DEFAULT 0;    -- given by hand, or by a sequence
ALTER TABLE lead ADD COLUMN rescore_at INTEGER;                   -- when the score changes next by itself; NULL: never
UPDATE lead SET points = score WHERE score <> 0;
CREATE INDEX lead_rescore ON lead (rescore_at, id) WHERE rescore_at IS NOT NULL;

-- What merges keep so that they can be undone knows the given points too.
UPDATE lead_merge_row
   SET before = json_set (before, '$.points', before ->> '$.score', '$.rescore_at', NULL),
       after = iif (after IS NULL, NULL, json_set (after, '$.points', after ->> '$.score', '$.rescore_at', NULL))
 WHERE place = 'lead' AND before IS NOT NULL;

-- What happened so far is worth nothing before there are rules: nobody follows it.
INSERT INTO cursor (name, event) SELECT 'scores', max (id) FROM event HAVING max (id) IS NOT NULL;
