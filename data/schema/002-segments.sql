-- 002-segments.sql: groups of leads, and the indexes by which rules are answered.

-- A group of leads: live (all leads for whom its rule holds) or fixed (chosen by hand). Rules name it by
-- its key, which stays as it is when the name changes.
CREATE TABLE segment (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,    -- never given again: timelines name it
  key             TEXT NOT NULL UNIQUE COLLATE NOCASE,  -- a-z, 0-9, _: how rules name it
  name            TEXT NOT NULL UNIQUE COLLATE NOCASE,  -- how people read it
  description     TEXT NOT NULL DEFAULT '',
  kind            TEXT NOT NULL CHECK (kind IN ('live', 'fixed')),
  rule            TEXT,                           -- of a live one: JSON, segments/rungs-rule.h; NULL: fixed
  watched         INTEGER NOT NULL DEFAULT 0 CHECK (watched IN (0, 1)),
                                                  -- 1: a live one of which segment_member tells who is in
                                                  -- it, and the timeline who came and went
  looked_at       INTEGER,                        -- of a watched one: until when what the passing of time
                                                  -- changes has been followed
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  archived_at     INTEGER,                        -- put away; NULL: in use
  CHECK ((kind = 'live') = (rule IS NOT NULL)),
  CHECK (watched = 0 OR kind = 'live')
) STRICT;

-- Who is in a fixed segment, and in a live one that is watched (there it is derived from the rule).
CREATE TABLE segment_member (
  segment         INTEGER NOT NULL REFERENCES segment ON DELETE CASCADE,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  entered_at      INTEGER NOT NULL,
  PRIMARY KEY (segment, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX segment_member_lead ON segment_member (lead, segment);

-- Who came to a segment and went, by time.
CREATE INDEX event_segment ON event (ref, at) WHERE kind IN ('segment.entered', 'segment.left');

-- How often something happened to each lead.
CREATE INDEX event_kind_lead ON event (kind, lead, at);

-- Who got a message, and who has ended a sequence.
CREATE INDEX outbox_message ON outbox (message, lead, ended_at) WHERE state = 'sent';
CREATE INDEX enrolment_ended ON enrolment (sequence, outcome, lead) WHERE outcome IS NOT NULL;

-- Who agrees now is told by the newest row of each lead, from the index alone.
DROP INDEX consent_lead;
CREATE INDEX consent_lead ON consent (lead, purpose, channel, id, action);
