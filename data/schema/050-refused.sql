-- 050-refused.sql: a provider that refuses the key is told from one that cannot be reached.

-- 1: the last try failed because of who asks, which only a person can mend.
ALTER TABLE web_pull_question ADD COLUMN refused INTEGER NOT NULL DEFAULT 0 CHECK (refused IN (0, 1));
