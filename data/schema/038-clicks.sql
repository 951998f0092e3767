-- 038-clicks.sql: whether the links of messages are counted.

-- 1: links of marketing messages lead over the relay, which keeps who followed which.
ALTER TABLE business ADD COLUMN count_clicks INTEGER NOT NULL DEFAULT 0;
