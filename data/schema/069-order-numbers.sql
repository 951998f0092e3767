-- 069-order-numbers.sql: the number of an order, or of a line of one, is never given again: the book names them, also
-- those that an import brought and that were taken back with it.

CREATE TABLE order_number (
  what            TEXT PRIMARY KEY CHECK (what IN ('order', 'line')),
  last            INTEGER NOT NULL                -- the highest that one has had which is gone; 0: none is
) STRICT, WITHOUT ROWID;
INSERT INTO order_number (what, last) VALUES
  ('order', (SELECT coalesce (max (sales_order), 0) FROM journal)),
  ('line', (SELECT coalesce (max (order_line), 0) FROM journal WHERE order_line > 0));

CREATE TRIGGER sales_order_number_is_gone AFTER DELETE ON sales_order
BEGIN UPDATE order_number SET last = old.id WHERE what = 'order' AND last < old.id; END;
CREATE TRIGGER order_line_number_is_gone AFTER DELETE ON order_line
BEGIN UPDATE order_number SET last = old.id WHERE what = 'line' AND last < old.id; END;
