-- 029-broadcasts.sql: one message to many, once.

-- A broadcast. Shares are in basis points.
CREATE TABLE broadcast (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  message         INTEGER NOT NULL REFERENCES message,
  sells           INTEGER REFERENCES product,     -- leads who own it are left out
  rule            TEXT NOT NULL,                  -- whom it is for: segments/rungs-rule.h
  state           TEXT NOT NULL DEFAULT 'draft'
                  CHECK (state IN ('draft', 'scheduled', 'sending', 'paused', 'done', 'cancelled')),
  start_at        INTEGER,                        -- not before; NULL: as soon as it is sent
  morning         INTEGER CHECK (morning BETWEEN 0 AND 1439),  -- minute of each lead's own day; NULL: none
  spread_minutes  INTEGER NOT NULL DEFAULT 0 CHECK (spread_minutes BETWEEN 0 AND 10080),
  grace_minutes   INTEGER NOT NULL DEFAULT 1 CHECK (grace_minutes BETWEEN 0 AND 1440),
  held_share      INTEGER NOT NULL DEFAULT 0 CHECK (held_share BETWEEN 0 AND 5000),     -- get nothing
  test_share      INTEGER NOT NULL DEFAULT 0 CHECK (test_share BETWEEN 0 AND 10000),    -- of the others
  test_minutes    INTEGER NOT NULL DEFAULT 240 CHECK (test_minutes BETWEEN 10 AND 43200),
  goal            TEXT NOT NULL DEFAULT 'clicks' CHECK (goal IN ('clicks', 'orders')),  -- what wins
  window_days     INTEGER NOT NULL DEFAULT 7 CHECK (window_days BETWEEN 1 AND 365),     -- orders count for it
  bounce_share    INTEGER NOT NULL DEFAULT 500 CHECK (bounce_share BETWEEN 1 AND 10000),    -- above: it pauses
  complaint_share INTEGER NOT NULL DEFAULT 30 CHECK (complaint_share BETWEEN 1 AND 10000),  -- above: it pauses
  judged_from     INTEGER NOT NULL DEFAULT 100 CHECK (judged_from >= 1),  -- not before so many were sent
  due_at          INTEGER,                        -- of a scheduled one: when its audience is fixed
  fixed_at        INTEGER,                        -- when its audience was fixed
  test_until      INTEGER,                        -- when its subjects are compared
  undecided_at    INTEGER,                        -- they were too close: a person must say which goes on
  winner          INTEGER,                        -- the subject that the rest gets
  winner_by       TEXT NOT NULL DEFAULT '' CHECK (winner_by IN ('', 'figures', 'person')),
  winner_at       INTEGER,
  bounced         INTEGER NOT NULL DEFAULT 0,     -- messages that came back for good
  complained      INTEGER NOT NULL DEFAULT 0,     -- messages that were complained about
  forgiven        INTEGER NOT NULL DEFAULT 0,     -- messages sent when a person last let it go on, …
  bounced_forgiven    INTEGER NOT NULL DEFAULT 0, -- … of them came back, …
  complained_forgiven INTEGER NOT NULL DEFAULT 0, -- … of them were complained about: the limits count from there
  paused_at       INTEGER,
  paused_reason   TEXT NOT NULL DEFAULT '' CHECK (paused_reason IN ('', 'by hand', 'bounces', 'complaints', 'late', 'rule')),
  paused_hits     INTEGER NOT NULL DEFAULT 0,     -- so many …
  paused_of       INTEGER NOT NULL DEFAULT 0,     -- … of so many
  ended_at        INTEGER,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;

-- The subjects that are tried against each other; where there are none, the message's own is the only one.
CREATE TABLE broadcast_subject (
  broadcast       INTEGER NOT NULL REFERENCES broadcast ON DELETE CASCADE,
  number          INTEGER NOT NULL CHECK (number BETWEEN 1 AND 4),
  subject         TEXT NOT NULL,                  -- merge language
  version         INTEGER REFERENCES message_version,  -- the text with it, once the audience is fixed
  PRIMARY KEY (broadcast, number)
) STRICT, WITHOUT ROWID;

-- The audience as it was when it was fixed. out: left out, with the reason (mail/rungs-outbox.h); held: gets
-- nothing, to measure against; test: tries one of the subjects; rest: gets the best of them.
CREATE TABLE broadcast_lead (
  broadcast       INTEGER NOT NULL REFERENCES broadcast ON DELETE CASCADE,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  part            TEXT NOT NULL CHECK (part IN ('out', 'held', 'test', 'rest')),
  reason          TEXT NOT NULL DEFAULT '',
  variant         INTEGER,                        -- number of the subject; NULL: none, or not known yet
  place           INTEGER NOT NULL DEFAULT 0,     -- within the hours over which it is spread, in millionths
  due_at          INTEGER NOT NULL,               -- when it leaves; of who is held out: would have left
  planned         INTEGER NOT NULL DEFAULT 0,     -- 1: it is, or was, in the outbox
  PRIMARY KEY (broadcast, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX broadcast_lead_lead ON broadcast_lead (lead);
CREATE INDEX broadcast_lead_due ON broadcast_lead (broadcast, due_at, lead)
 WHERE planned = 0 AND variant IS NOT NULL;
CREATE INDEX broadcast_lead_part ON broadcast_lead (broadcast, part, variant, reason);

-- The broadcast that a message belongs to. Its `visit` is the id that its lead had when it was planned, so
-- that nobody gets a broadcast twice.
ALTER TABLE outbox ADD COLUMN broadcast INTEGER REFERENCES broadcast;
CREATE UNIQUE INDEX outbox_broadcast ON outbox (broadcast, visit) WHERE broadcast IS NOT NULL;
CREATE INDEX outbox_broadcast_state ON outbox (broadcast, state, due_at) WHERE broadcast IS NOT NULL;
