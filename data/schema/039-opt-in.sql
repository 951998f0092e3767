-- 039-opt-in.sql: opt-in forms of the business's own, who filled them in, and who has still to confirm.

CREATE TABLE opt_in (
  id              INTEGER PRIMARY KEY,
  slug            TEXT NOT NULL UNIQUE,           -- it stands at /f/SLUG of the relay
  name            TEXT NOT NULL UNIQUE COLLATE NOCASE,  -- as staff call it
  source          INTEGER REFERENCES source,      -- of the leads that come by it; NULL: none
  draft           TEXT NOT NULL,                  -- JSON, as src/core/web/rungs-opt-in.h tells
  version         INTEGER REFERENCES opt_in_version,  -- the one that people get; NULL: none yet
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,               -- of the draft
  retired_at      INTEGER                         -- it takes nothing any more; NULL: in use
) STRICT;

-- What was published, word for word, for as long as somebody agreed to it.
CREATE TABLE opt_in_version (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again: pages elsewhere send it
  opt_in          INTEGER NOT NULL REFERENCES opt_in ON DELETE CASCADE,
  number          INTEGER NOT NULL,
  definition      TEXT NOT NULL,                  -- JSON, as the draft
  created_at      INTEGER NOT NULL,
  UNIQUE (opt_in, number)
) STRICT;
CREATE TRIGGER opt_in_version_is_immutable BEFORE UPDATE ON opt_in_version
BEGIN SELECT RAISE (ABORT, 'a version of a form is immutable'); END;

-- A delivery that is a filled-in form. Whose it is, is with the delivery.
CREATE TABLE opt_in_submission (
  delivery        INTEGER PRIMARY KEY REFERENCES web_delivery ON DELETE CASCADE,
  opt_in          INTEGER NOT NULL REFERENCES opt_in,
  version         INTEGER NOT NULL REFERENCES opt_in_version,  -- whose words stood there
  language        TEXT NOT NULL,                  -- in which they did
  at              INTEGER NOT NULL
) STRICT;
CREATE INDEX opt_in_submission_form ON opt_in_submission (opt_in, at);

-- What was answered to a question that has choices, or is no field of the lead.
CREATE TABLE opt_in_answer (
  delivery        INTEGER NOT NULL REFERENCES web_delivery ON DELETE CASCADE,
  question        TEXT NOT NULL,                  -- the key of the form's field
  value           TEXT NOT NULL,                  -- of choices: their values, parted by ','
  PRIMARY KEY (delivery, question)
) STRICT, WITHOUT ROWID;

-- What a submission says that its lead has: a tag, or a place in a segment by hand. Of one question of
-- one form only what was answered last counts.
CREATE TABLE opt_in_claim (
  delivery        INTEGER NOT NULL REFERENCES web_delivery ON DELETE CASCADE,
  question        TEXT NOT NULL,                  -- '': the form itself says so
  kind            TEXT NOT NULL CHECK (kind IN ('tag', 'segment')),
  ref             INTEGER NOT NULL,               -- id of the tag or segment
  made            INTEGER NOT NULL DEFAULT 0 CHECK (made IN (0, 1)),  -- 1: the lead did not have it before
  PRIMARY KEY (delivery, question, kind, ref)
) STRICT, WITHOUT ROWID;

-- Double opt-in: somebody who is asked, by a message, to confirm that the address is theirs.
CREATE TABLE opt_in_pending (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- stands in the signed link
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  delivery        INTEGER NOT NULL UNIQUE REFERENCES web_delivery,  -- the submission
  outbox          INTEGER REFERENCES outbox ON DELETE SET NULL,  -- the message; NULL: none was sent
  asked_at        INTEGER NOT NULL,               -- when the form was sent
  expires_at      INTEGER NOT NULL,
  confirmed_at    INTEGER,                        -- NULL: not yet
  confirmation    INTEGER REFERENCES web_delivery -- the delivery that did it
) STRICT;
CREATE INDEX opt_in_pending_lead ON opt_in_pending (lead, asked_at);
CREATE INDEX opt_in_pending_outbox ON opt_in_pending (outbox) WHERE outbox IS NOT NULL;
