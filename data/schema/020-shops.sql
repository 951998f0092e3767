-- 020-shops.sql: several shops of one seller are told apart.

-- Which of the seller's shops it is, as a person called it; '': the one without a name. The number in
-- sales_order.external has the name too, folded: 'woocommerce/north:1001'.
ALTER TABLE sales_order ADD COLUMN shop TEXT NOT NULL DEFAULT '';
ALTER TABLE order_import ADD COLUMN shop TEXT NOT NULL DEFAULT '';
