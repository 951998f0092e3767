-- 068-ledger-cost.sql: what partners cost by commissions and awards, kept so that it is added up in one go.

-- Derived from journal and posting: what each entry did to an account of state 'expense', beside when that was and for
-- which product. Entries are never changed, so nothing of this is, either; `rungsctl check` compares.
CREATE TABLE ledger_cost (
  account         INTEGER NOT NULL REFERENCES ledger_account,
  at              INTEGER NOT NULL,               -- of the entry
  entry           INTEGER NOT NULL,
  amount          INTEGER NOT NULL,               -- minor units; below 0: taken back
  product         INTEGER NOT NULL,               -- of the order line; 0: an award, or nobody knows any more
  PRIMARY KEY (account, at, entry)
) STRICT, WITHOUT ROWID;

INSERT INTO ledger_cost (account, at, entry, amount, product)
  SELECT a.id, j.at, j.id, p.amount, coalesce (l.product, 0)
    FROM journal j
    JOIN posting p ON p.entry = j.id
    JOIN ledger_account a ON a.id = p.account
    LEFT JOIN order_line l ON l.id = j.order_line
   WHERE a.state = 'expense'
   ORDER BY a.id, j.at, j.id;

-- (A line that is gone was told of by an entry before.)
CREATE TRIGGER journal_costs AFTER INSERT ON journal
BEGIN
  INSERT INTO ledger_cost (account, at, entry, amount, product)
    SELECT p.account, new.at, new.id, p.amount,
           coalesce ((SELECT l.product FROM order_line l WHERE l.id = new.order_line),
                     (SELECT c.product
                        FROM journal j
                        JOIN ledger_cost c ON c.account = p.account AND c.at = j.at AND c.entry = j.id
                       WHERE j.order_line = new.order_line AND j.order_line <> 0 LIMIT 1), 0)
      FROM posting p JOIN ledger_account a ON a.id = p.account
     WHERE p.entry = new.id AND a.state = 'expense';
END;

CREATE TRIGGER ledger_cost_is_not_changed BEFORE UPDATE ON ledger_cost
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_cost_is_kept BEFORE DELETE ON ledger_cost
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
