-- 057-order-tax.sql: what of a line of an order is tax, and what was taken off its price.

ALTER TABLE order_line ADD COLUMN tax INTEGER CHECK (tax >= 0);   -- minor units that amount holds; NULL: not known
ALTER TABLE order_line ADD COLUMN discount INTEGER NOT NULL DEFAULT 0 CHECK (discount >= 0); -- … before amount
