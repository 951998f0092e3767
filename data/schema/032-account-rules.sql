-- 032-account-rules.sql: which account sends what, and limits that rise by day.

-- Which account sends what: the first rule that fits a message, by position; the default account what none fits. What
-- a rule does not ask for is NULL or '': one that asks for nothing fits every message.
CREATE TABLE account_rule (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,    -- never given again, so that removing can be undone
  position        INTEGER NOT NULL,               -- in rising order
  account         INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  origin          TEXT NOT NULL DEFAULT '' CHECK (origin IN ('', 'broadcast', 'sequence')),
  broadcast       INTEGER REFERENCES broadcast ON DELETE CASCADE,  -- of origin 'broadcast': this one; NULL: all
  sequence        INTEGER REFERENCES sequence ON DELETE CASCADE,   -- of origin 'sequence': this one; NULL: all
  message         INTEGER REFERENCES message ON DELETE CASCADE,
  kind            TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'marketing', 'transactional')),
  domains         TEXT NOT NULL DEFAULT '',       -- of the recipient, ASCII, parted by blanks; with those below
  segment         INTEGER,                        -- the lead is in it; one that was deleted holds nobody
  created_at      INTEGER NOT NULL
) STRICT;

-- One row: how often it was changed which account sends what. What was chosen for a message holds for the number
-- under which it was.
CREATE TABLE account_routing (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  number          INTEGER NOT NULL
) STRICT;
INSERT INTO account_routing (id, number) VALUES (1, 1);
CREATE TRIGGER account_rule_added AFTER INSERT ON account_rule
BEGIN UPDATE account_routing SET number = number + 1; END;
CREATE TRIGGER account_rule_changed AFTER UPDATE ON account_rule
BEGIN UPDATE account_routing SET number = number + 1; END;
CREATE TRIGGER account_rule_removed AFTER DELETE ON account_rule
BEGIN UPDATE account_routing SET number = number + 1; END;
CREATE TRIGGER account_made_default AFTER UPDATE OF is_default ON account WHEN NEW.is_default <> OLD.is_default
BEGIN UPDATE account_routing SET number = number + 1; END;
CREATE TRIGGER account_removed AFTER DELETE ON account
BEGIN UPDATE account_routing SET number = number + 1; END;

-- While there are rules: by which account a planned message is to leave. It is chosen when the message is due.
ALTER TABLE outbox ADD COLUMN routing INTEGER NOT NULL DEFAULT 0;  -- account_routing.number then; 0: not chosen yet
ALTER TABLE outbox ADD COLUMN route INTEGER;      -- the account that was chosen; NULL: none yet
ALTER TABLE outbox ADD COLUMN account_rule INTEGER;  -- the rule that chose it, which may be gone; NULL: none fits
CREATE INDEX outbox_route ON outbox (routing, route, due_at, id) WHERE state = 'planned';

-- Warm-up: limits that rise by day; the formula stands in mail/rungs-warm-up.h.
ALTER TABLE account ADD COLUMN warm_start INTEGER NOT NULL DEFAULT 0;   -- messages on the first day; 0: no warm-up
ALTER TABLE account ADD COLUMN warm_growth INTEGER NOT NULL DEFAULT 0;  -- per cent a day
ALTER TABLE account ADD COLUMN warm_days INTEGER NOT NULL DEFAULT 0;    -- days before warm_day on which it sent
ALTER TABLE account ADD COLUMN warm_day TEXT;     -- YYYY-MM-DD of the business, on which it last sent; NULL: not yet
