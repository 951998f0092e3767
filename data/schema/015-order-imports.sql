-- 015-order-imports.sql: orders from files of shops and payment services.

-- The import that wrote it, so that it can be taken back; NULL: entered otherwise.
ALTER TABLE sales_order ADD COLUMN run INTEGER REFERENCES import_run;
ALTER TABLE refund ADD COLUMN run INTEGER REFERENCES import_run;
CREATE INDEX sales_order_run ON sales_order (run) WHERE run IS NOT NULL;
CREATE INDEX refund_run ON refund (run) WHERE run IS NOT NULL;

-- The number of a refund at the payment service, where it has one of its own.
ALTER TABLE refund ADD COLUMN external TEXT;
CREATE UNIQUE INDEX refund_external ON refund (external) WHERE external IS NOT NULL;

-- What an import of orders did; its file, rows and leads are in import_run.
CREATE TABLE order_import (
  run             INTEGER PRIMARY KEY REFERENCES import_run,
  shape           TEXT NOT NULL,                  -- 'stripe-payments', …: ladder/rungs-order-shape.c lists them
  starts          INTEGER NOT NULL CHECK (starts IN (0, 1)),  -- 1: sequences begin with these orders
  orders_created  INTEGER NOT NULL,
  orders_known    INTEGER NOT NULL,               -- were there already
  refunds_created INTEGER NOT NULL,
  rows_other      INTEGER NOT NULL,               -- neither orders nor refunds
  undone_at       INTEGER                         -- NULL: stands
) STRICT;

-- Products that an import of orders made.
CREATE TABLE order_import_product (
  run             INTEGER NOT NULL REFERENCES order_import,
  product         INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  PRIMARY KEY (run, product)
) STRICT, WITHOUT ROWID;

-- Which product a shop means by a name or number of its own, as a person has said.
CREATE TABLE product_alias (
  seller          TEXT NOT NULL,                  -- 'Stripe', 'Shopify', …; 'import' of a table
  alias           TEXT NOT NULL,                  -- 'name:' or 'sku:' and the text, folded
  product         INTEGER REFERENCES product ON DELETE CASCADE,  -- NULL: none of ours, its lines are left out
  run             INTEGER REFERENCES import_run,  -- the import with which it was said
  used_at         INTEGER NOT NULL,
  PRIMARY KEY (seller, alias)
) STRICT, WITHOUT ROWID;
