-- 064-own-currency.sql: partners who earn in a currency of their own.

-- partner.currency: in which the partner earns, whatever it sold in; '': in that which was sold in, as all did until
-- now. What nobody has chosen is that; a currency that somebody has counts for what is booked first from now on.
UPDATE partner SET currency = '' WHERE currency = (SELECT currency FROM business);

-- commission.currency is the one that was decided when the line was booked first. By which rate what was sold is told in
-- it, as that stood then: of these columns all are NULL, or none. `fixed` and `cost` are in the currency sold in.
ALTER TABLE commission ADD COLUMN exchange INTEGER CHECK (exchange > 0);  -- as currency_rate.rate; NULL: as sold
ALTER TABLE commission ADD COLUMN exchange_base TEXT;
ALTER TABLE commission ADD COLUMN exchange_quote TEXT;
ALTER TABLE commission ADD COLUMN exchange_day TEXT;     -- from which the rate holds
ALTER TABLE commission ADD COLUMN no_rate_to TEXT;       -- the partner's currency, where there was no rate; NULL: there was

-- The same of an award; its amount is in its currency.
ALTER TABLE award ADD COLUMN exchange INTEGER CHECK (exchange > 0);
ALTER TABLE award ADD COLUMN exchange_base TEXT;
ALTER TABLE award ADD COLUMN exchange_quote TEXT;
ALTER TABLE award ADD COLUMN exchange_day TEXT;
ALTER TABLE award ADD COLUMN no_rate_to TEXT;
ALTER TABLE award ADD COLUMN told_from INTEGER;          -- minor units of the terms, in their currency; NULL: the amount is

-- What an entry's amount was told by. Its base is in the other one of the two currencies.
ALTER TABLE journal ADD COLUMN exchange INTEGER;         -- NULL: the base is in the entry's currency
ALTER TABLE journal ADD COLUMN exchange_base TEXT;
ALTER TABLE journal ADD COLUMN exchange_quote TEXT;
ALTER TABLE journal ADD COLUMN exchange_day TEXT;

DROP VIEW earning;
CREATE VIEW earning AS
  SELECT order_line, partner, sales_order, currency, terms, share, fixed, hold_until, approved_at, via, recruiter,
         of_profit, cost, is_open, is_unpaid,
         (SELECT r.at FROM referral r WHERE r.sales_order = commission.sales_order) AS at,
         exchange, exchange_base, exchange_quote, exchange_day, no_rate_to
    FROM commission
   UNION ALL
  SELECT order_line, partner, CAST (0 AS INTEGER), currency, terms, CAST (NULL AS INTEGER), amount, hold_until,
         approved_at, CAST (NULL AS INTEGER), CAST (NULL AS INTEGER), CAST (0 AS INTEGER), CAST (NULL AS INTEGER),
         is_open, is_unpaid, at, exchange, exchange_base, exchange_quote, exchange_day, no_rate_to
    FROM award;

-- With the currency: numbers of lines of an import that was taken back come again, and may earn in another one then.
DROP VIEW paid_line;
CREATE VIEW paid_line AS
  SELECT l.order_line AS order_line, l.partner AS partner, l.amount AS amount, p.currency AS currency
    FROM payout_line l JOIN payout_item i ON i.payout = l.payout AND i.partner = l.partner
    JOIN payout p ON p.id = l.payout
   WHERE i.state IN ('payable', 'paid');
