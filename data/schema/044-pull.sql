-- 044-pull.sql: providers are asked for what they would push.

-- An endpoint whose provider is asked. The key is in the keyring, never here: under the endpoint's
-- uuid with ':pull' behind it.
CREATE TABLE web_pull (
  endpoint        INTEGER PRIMARY KEY REFERENCES web_endpoint ON DELETE CASCADE,
  minutes         INTEGER NOT NULL DEFAULT 0 CHECK (minutes >= 0),  -- between two looks; 0: as the
                                                  -- provider's file says
  options         TEXT NOT NULL DEFAULT '{}',     -- JSON: what the provider must be told
  since           INTEGER NOT NULL,               -- what happened before is not asked for
  stopped_at      INTEGER                         -- not asked since
) STRICT;

-- How far a question of the provider's file was asked.
CREATE TABLE web_pull_question (
  endpoint        INTEGER NOT NULL REFERENCES web_pull ON DELETE CASCADE,
  name            TEXT NOT NULL,
  since           INTEGER NOT NULL,               -- what came before was heard
  walk            TEXT NOT NULL DEFAULT '',       -- JSON: where the look under way goes on; '': none is
  looked_at       INTEGER NOT NULL DEFAULT 0,     -- when it was last tried; 0: never
  wait_until      INTEGER NOT NULL DEFAULT 0,     -- the provider asked not to be asked before
  tries           INTEGER NOT NULL DEFAULT 0,     -- how often it failed since it last did not
  trouble         TEXT NOT NULL DEFAULT '',       -- why the last try failed, in words; '': it did not
  PRIMARY KEY (endpoint, name)
) STRICT, WITHOUT ROWID;

-- 1: we asked for it. Then who said it is known, and nothing is signed.
ALTER TABLE web_delivery ADD COLUMN pulled INTEGER NOT NULL DEFAULT 0 CHECK (pulled IN (0, 1));
