-- 017-lapses.sql: that a subscription lapsed is told once.

-- When it was seen that what the line pays for has ended, with the days of grace; NULL: not yet, or it
-- pays for no subscription.
ALTER TABLE order_line ADD COLUMN lapsed_at INTEGER;
-- What ended before this was watched is not told any more.
UPDATE order_line SET lapsed_at = paid_until WHERE paid_until < CAST (strftime ('%s', 'now') AS INTEGER) * 1000;
CREATE INDEX order_line_due ON order_line (product, paid_until) WHERE paid_until IS NOT NULL AND lapsed_at IS NULL;
