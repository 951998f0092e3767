-- 055-papers.sql: invoices that the business writes in the name of its partners, and what is needed for them.

-- Of the business, for tax offices. They stand on invoices: none is a secret.
ALTER TABLE business ADD COLUMN country TEXT NOT NULL DEFAULT '';   -- ISO 3166: 'DE'
ALTER TABLE business ADD COLUMN vat_id TEXT NOT NULL DEFAULT '';    -- 'DE123456789'

-- Partners who have agreed that the business writes their invoices, and which VAT stands on them.
CREATE TABLE self_billing (
  partner         INTEGER PRIMARY KEY REFERENCES partner,
  agreed_on       TEXT NOT NULL,                  -- '2026-03-02'
  vat             TEXT NOT NULL
                  CHECK (vat IN ('rate', 'reverse-charge', 'small-business', 'none')),
  rate            INTEGER NOT NULL DEFAULT 0,     -- basis points; of 'rate' only
  CHECK ((vat = 'rate') = (rate > 0))
) STRICT;

-- The invoices. One is written once for what a partner gets by a payout, and taken back by a further one.
CREATE TABLE self_invoice (
  number          INTEGER PRIMARY KEY,            -- 1, 2, 3 … without a gap
  payout          INTEGER NOT NULL,
  partner         INTEGER NOT NULL,
  cancels         INTEGER UNIQUE REFERENCES self_invoice,  -- which one it takes back; NULL: none
  made_at         INTEGER NOT NULL,
  from_at         INTEGER NOT NULL,               -- the first and the last order that it is for
  until_at        INTEGER NOT NULL,
  language        TEXT NOT NULL,
  currency        TEXT NOT NULL,
  approved        INTEGER NOT NULL,               -- minor units with VAT: commissions …
  set_off         INTEGER NOT NULL,               -- … less what was given back
  net             INTEGER NOT NULL,
  vat             INTEGER NOT NULL,
  treatment       TEXT NOT NULL,                  -- as in self_billing
  rate            INTEGER NOT NULL,
  parties         BLOB,                           -- names, addresses and numbers as they were, sealed
  FOREIGN KEY (payout, partner) REFERENCES payout_item,
  CHECK (approved - set_off = net + vat),
  CHECK ((cancels IS NULL) = (parties IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX self_invoice_item ON self_invoice (payout, partner) WHERE cancels IS NULL;

CREATE TRIGGER self_invoice_goes_on BEFORE INSERT ON self_invoice
BEGIN
  SELECT RAISE (ABORT, 'invoices are numbered without a gap')
   WHERE new.number IS NOT (SELECT coalesce (max (number), 0) + 1 FROM self_invoice);
END;
CREATE TRIGGER self_invoice_is_not_changed BEFORE UPDATE ON self_invoice
BEGIN SELECT RAISE (ABORT, 'invoices are never changed'); END;
CREATE TRIGGER self_invoice_is_kept BEFORE DELETE ON self_invoice
BEGIN SELECT RAISE (ABORT, 'invoices are never changed'); END;
