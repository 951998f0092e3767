-- 030-sending-times.sql: on which days and at which times messages leave, and how late one may be.

ALTER TABLE business ADD COLUMN window_days INTEGER NOT NULL DEFAULT 0;  -- marketing leaves only on these
                                                  -- days: bit 0 Monday … bit 6 Sunday; 0: any
ALTER TABLE business ADD COLUMN window_of_lead INTEGER NOT NULL DEFAULT 0;  -- 1: of the lead's clock,
                                                  -- where its zone is known

-- Days on which no marketing leaves.
CREATE TABLE holiday (
  day             TEXT PRIMARY KEY,               -- YYYY-MM-DD
  name            TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- When its plan wanted it to leave; due_at moves on while it waits. NULL: due_at.
ALTER TABLE outbox ADD COLUMN meant_at INTEGER;
-- So many hours late it leaves at once, later only on a day on which the lead gets no other marketing
-- message. NULL: 12.
ALTER TABLE outbox ADD COLUMN late_hours INTEGER;
-- More than so many hours late it does not leave. NULL: however late.
ALTER TABLE outbox ADD COLUMN skip_hours INTEGER;

-- "sending" of the version that leads enter by (sequences/rungs-graph.h), as JSON; NULL: at any time.
ALTER TABLE sequence ADD COLUMN sending TEXT;
CREATE TRIGGER sequence_sends AFTER UPDATE OF version ON sequence
BEGIN
  UPDATE sequence
     SET sending = (SELECT json_extract (v.graph, '$.sending') FROM sequence_version v WHERE v.id = NEW.version)
   WHERE id = NEW.id;
END;
