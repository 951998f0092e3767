-- 063-disputes-won.sql: disputes that were won, whichever message of them comes first.

-- A dispute that is in it takes no money back, whenever it comes.
CREATE TABLE web_won (
  seller          TEXT NOT NULL,                  -- with the shop: 'stripe', 'woocommerce/north'
  reference       TEXT NOT NULL,                  -- 'dispute/N': it was won; 'reversal/N': that message was
                                                  -- heeded; 'order/N': the dispute about it is to come, from
                                                  -- before `at`
  at              INTEGER NOT NULL,               -- when it was won
  PRIMARY KEY (seller, reference)
) STRICT, WITHOUT ROWID;
