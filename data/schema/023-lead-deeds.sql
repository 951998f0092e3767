-- 023-lead-deeds.sql: what leads did on the ladder, packed, so that its figures are read in one go.

-- Derived from touch, sales_order, order_line, refund, refund_line and enrolment: their rows of 32 leads each
-- (lead / 32 = block). insights/rungs-ladder-deeds.c tells how they are written. Of a block that is not here the
-- tables are read, so the file lacks nothing without this table; `rungsctl check` compares.
CREATE TABLE lead_deeds (
  block           INTEGER PRIMARY KEY,
  deeds           BLOB NOT NULL
) STRICT;
CREATE INDEX lead_deeds_block ON lead_deeds (block);    -- by which they are counted: it is small

-- A block is thrown away the moment anything changes of what it is made of, so that none can be wrong.
CREATE TRIGGER touch_is_done AFTER INSERT ON touch
BEGIN DELETE FROM lead_deeds WHERE block = new.lead / 32; END;
CREATE TRIGGER touch_is_done_otherwise AFTER UPDATE OF lead, source, path, at ON touch
BEGIN DELETE FROM lead_deeds WHERE block IN (old.lead / 32, new.lead / 32); END;
CREATE TRIGGER touch_is_undone AFTER DELETE ON touch
BEGIN DELETE FROM lead_deeds WHERE block = old.lead / 32; END;

-- (An order without lines is nothing here. With an order go its lines, and then it is not there any more.)
CREATE TRIGGER sales_order_is_done_otherwise AFTER UPDATE OF lead, at, currency ON sales_order
BEGIN DELETE FROM lead_deeds WHERE block IN (old.lead / 32, new.lead / 32); END;
CREATE TRIGGER sales_order_is_undone AFTER DELETE ON sales_order
BEGIN DELETE FROM lead_deeds WHERE block = old.lead / 32; END;

CREATE TRIGGER order_line_is_done AFTER INSERT ON order_line
BEGIN
  DELETE FROM lead_deeds WHERE block = (SELECT o.lead / 32 FROM sales_order o WHERE o.id = new.sales_order);
END;
CREATE TRIGGER order_line_is_done_otherwise
AFTER UPDATE OF sales_order, product, quantity, amount, paid_until ON order_line
BEGIN
  DELETE FROM lead_deeds
   WHERE block IN (SELECT o.lead / 32 FROM sales_order o WHERE o.id IN (old.sales_order, new.sales_order));
END;
CREATE TRIGGER order_line_is_undone AFTER DELETE ON order_line
BEGIN
  DELETE FROM lead_deeds WHERE block = (SELECT o.lead / 32 FROM sales_order o WHERE o.id = old.sales_order);
END;

CREATE TRIGGER refund_is_done_otherwise AFTER UPDATE OF at ON refund
BEGIN
  DELETE FROM lead_deeds
   WHERE block IN (SELECT o.lead / 32
                     FROM refund_line g
                     JOIN order_line l ON l.id = g.order_line
                     JOIN sales_order o ON o.id = l.sales_order
                    WHERE g.refund = new.id);
END;
CREATE TRIGGER refund_line_is_done AFTER INSERT ON refund_line
BEGIN
  DELETE FROM lead_deeds
   WHERE block = (SELECT o.lead / 32 FROM order_line l JOIN sales_order o ON o.id = l.sales_order
                   WHERE l.id = new.order_line);
END;
CREATE TRIGGER refund_line_is_done_otherwise AFTER UPDATE ON refund_line
BEGIN
  DELETE FROM lead_deeds
   WHERE block IN (SELECT o.lead / 32 FROM order_line l JOIN sales_order o ON o.id = l.sales_order
                    WHERE l.id IN (old.order_line, new.order_line));
END;
CREATE TRIGGER refund_line_is_undone AFTER DELETE ON refund_line
BEGIN
  DELETE FROM lead_deeds
   WHERE block = (SELECT o.lead / 32 FROM order_line l JOIN sales_order o ON o.id = l.sales_order
                   WHERE l.id = old.order_line);
END;

CREATE TRIGGER enrolment_is_done AFTER INSERT ON enrolment
BEGIN DELETE FROM lead_deeds WHERE block = new.lead / 32; END;
CREATE TRIGGER enrolment_is_done_otherwise
AFTER UPDATE OF lead, sequence, outcome, entered_at, ended_at ON enrolment
BEGIN DELETE FROM lead_deeds WHERE block IN (old.lead / 32, new.lead / 32); END;
CREATE TRIGGER enrolment_is_undone AFTER DELETE ON enrolment
BEGIN DELETE FROM lead_deeds WHERE block = old.lead / 32; END;
