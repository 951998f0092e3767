-- 060-journal-spans.sql: what stands where in the book, so that a time long ago or a rare kind is found without
-- reading all of it; and a lighter check that the balance of an account goes on.

-- Of each 256 entries when they happened and of which kinds they are. Those after the last span are in none yet.
CREATE TABLE journal_span (
  last_entry      INTEGER PRIMARY KEY,            -- 256, 512, 768 …
  first_at        INTEGER NOT NULL,               -- the earliest of them; a clock may have been set back
  last_at         INTEGER NOT NULL,
  kinds           TEXT NOT NULL                   -- 'accrual,release'
) STRICT;
INSERT INTO journal_span (last_entry, first_at, last_at, kinds)
SELECT (id + 255) / 256 * 256, min (at), max (at), group_concat (DISTINCT kind)
  FROM journal GROUP BY 1 HAVING count (*) = 256;

CREATE TRIGGER journal_span_is_closed AFTER INSERT ON journal WHEN new.id % 256 = 0
BEGIN
  INSERT INTO journal_span (last_entry, first_at, last_at, kinds)
  SELECT new.id, min (at), max (at), group_concat (DISTINCT kind)
    FROM journal WHERE id > new.id - 256 AND id <= new.id;
END;

-- The posting before it, or none, says where the account stands: there is no other of its number, and by the same
-- rule none after a gap.
DROP TRIGGER posting_goes_on;
CREATE TRIGGER posting_goes_on BEFORE INSERT ON posting
BEGIN
  SELECT RAISE (ABORT, 'this entry of the ledger is closed')
   WHERE EXISTS (SELECT 1 FROM journal WHERE id = new.entry);
  SELECT RAISE (ABORT, 'the balance of the ledger does not go on')
   WHERE NOT (new.number = 1 AND new.balance = new.amount)
     AND NOT EXISTS (SELECT 1 FROM posting WHERE account = new.account AND number = new.number - 1
                        AND balance = new.balance - new.amount);
END;
