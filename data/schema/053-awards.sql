-- 053-awards.sql: what a partner earns without a sale: so much for a lead, and a bonus by hand.

-- It comes to its amount, or to nothing once it was taken back; what of it is held, approved and paid is in the book.
-- There, and in payout_line, it stands as the line of an order does, and its number is below 0: order_line of an entry
-- that is about award 7 is -7, and its sales_order is 0.
CREATE TABLE award (
  id              INTEGER PRIMARY KEY,
  order_line      INTEGER NOT NULL GENERATED ALWAYS AS (-id) VIRTUAL UNIQUE,  -- as the book has it
  partner         INTEGER NOT NULL REFERENCES partner,
  kind            TEXT NOT NULL CHECK (kind IN ('lead', 'bonus')),
  lead            INTEGER REFERENCES lead ON DELETE SET NULL,  -- for whom; NULL: a bonus, or the lead is gone
  touch           INTEGER NOT NULL DEFAULT 0,     -- by which the lead came; 0: none. It may be gone
  run             INTEGER NOT NULL DEFAULT 0,     -- the import that wrote the touch; 0: none
  currency        TEXT NOT NULL,
  amount          INTEGER NOT NULL CHECK (amount > 0),  -- minor units
  terms           INTEGER REFERENCES programme_terms,   -- by which version; NULL: by hand
  at              INTEGER NOT NULL,               -- when it was earned
  hold_until      INTEGER NOT NULL,               -- not paid before then
  approved_at     INTEGER,                        -- NULL: waits for somebody to look at it
  taken_at        INTEGER,                        -- when it was taken back; NULL: it was not
  is_open         INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),  -- 1: some of it is held
  is_unpaid       INTEGER NOT NULL DEFAULT 0 CHECK (is_unpaid IN (0, 1)), -- 1: some of it may be paid
  words           TEXT NOT NULL,                  -- why, for people; names no lead
  CHECK (kind = 'lead' OR lead IS NULL)
) STRICT;
CREATE INDEX award_partner ON award (partner, at);
CREATE INDEX award_lead ON award (lead) WHERE lead IS NOT NULL;
CREATE INDEX award_run ON award (run) WHERE run <> 0;
CREATE INDEX award_open ON award (hold_until, order_line, partner) WHERE is_open;
CREATE INDEX award_unpaid ON award (currency, partner, order_line) WHERE is_unpaid;

-- All that partners earn, by sales or without. Of which time it is: of its order's, or its own.
CREATE VIEW earning AS
  SELECT order_line, partner, sales_order, currency, terms, share, fixed, hold_until, approved_at, via, recruiter,
         of_profit, cost, is_open, is_unpaid,
         (SELECT r.at FROM referral r WHERE r.sales_order = commission.sales_order) AS at
    FROM commission
   UNION ALL
  SELECT order_line, partner, CAST (0 AS INTEGER), currency, terms, CAST (NULL AS INTEGER), amount, hold_until,
         approved_at, CAST (NULL AS INTEGER), CAST (NULL AS INTEGER), CAST (0 AS INTEGER), CAST (NULL AS INTEGER),
         is_open, is_unpaid, at
    FROM award;
