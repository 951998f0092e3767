-- 012-products.sql: what a product costs, how it is delivered and sold, and how long offers stand.

-- What it costs to deliver one, in minor units of the price's currency; NULL: nobody has said.
ALTER TABLE product ADD COLUMN cost INTEGER CHECK (cost >= 0);
-- A subscription that is not paid again lapses so many days after order_line.paid_until.
ALTER TABLE product ADD COLUMN lapse_days INTEGER NOT NULL DEFAULT 0 CHECK (lapse_days >= 0);
-- What happens after an order. product.delivery stays the words for it.
ALTER TABLE product ADD COLUMN delivery_kind TEXT NOT NULL DEFAULT 'none'
  CHECK (delivery_kind IN ('none', 'link', 'message', 'shipping', 'appointment'));
ALTER TABLE product ADD COLUMN delivery_link TEXT NOT NULL DEFAULT '';     -- address of the download
ALTER TABLE product ADD COLUMN delivery_message INTEGER REFERENCES message;  -- what is sent; NULL: none
ALTER TABLE product ADD COLUMN delivery_by TEXT NOT NULL DEFAULT '';       -- who acts, of shipping and appointments
-- What an affiliate gets of a sale, in basis points; NULL: what is agreed with the affiliate.
ALTER TABLE product ADD COLUMN affiliate_rate INTEGER CHECK (affiliate_rate BETWEEN 0 AND 10000);

-- A page, message or script that sells a product. Each product has several, one or more for each path.
CREATE TABLE sales_letter (
  id              INTEGER PRIMARY KEY,
  product         INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  path            TEXT NOT NULL CHECK (path IN ('ppc', 'email', 'phone', 'page')),
                                                  -- ppc: links to content, which lowers the price of a click;
                                                  -- email: has no links that distract; phone: a script to read; page: for anybody
  name            TEXT NOT NULL,
  address         TEXT NOT NULL DEFAULT '',       -- of the page
  text            TEXT NOT NULL DEFAULT '',       -- the script, or the words of the page
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  retired_at      INTEGER
) STRICT;
CREATE INDEX sales_letter_product ON sales_letter (product, path, id);

-- How long an offer is made: from one instant, and until before another; NULL: no such end.
ALTER TABLE offer ADD COLUMN valid_from INTEGER;
ALTER TABLE offer ADD COLUMN valid_until INTEGER;
-- After so many refusals a lead is not made the offer again; NULL: no cap. A refusal is a walk through a
-- sequence that sells the product it leads to, and that ended ('finished', 'exit' or 'goal') without a sale.
ALTER TABLE offer ADD COLUMN cap INTEGER CHECK (cap > 0);
-- The offer, from the same product, that is made in its place once it cannot be made any more: refused to
-- its cap (without a cap: once), no longer valid, its condition not met, or its product no longer sold.
ALTER TABLE offer ADD COLUMN fallback INTEGER REFERENCES offer ON DELETE SET NULL;

-- Who owns what, as before; a subscription that is not paid again is owned for its days of grace:
-- paid_until is when it lapses.
DROP VIEW owned;
CREATE VIEW owned AS
  SELECT o.lead AS lead, h.part AS product, o.at AS since,
         l.paid_until + (SELECT p.lapse_days FROM product p WHERE p.id = l.product) * 86400000 AS paid_until,
         l.id AS order_line, l.product = h.part AS direct
    FROM sales_order o
    JOIN order_line l ON l.sales_order = o.id
    JOIN product_holds h ON h.whole = l.product
   WHERE coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id) < l.amount, 1);

-- Who owns it changes with the days of grace, as with the parts of a bundle.
CREATE TRIGGER product_lapses_otherwise AFTER UPDATE OF lapse_days ON product
WHEN new.lapse_days IS NOT old.lapse_days
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('holds', old.id, old.sku); END;
