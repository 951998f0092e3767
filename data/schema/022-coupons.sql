-- 022-coupons.sql: codes that tie online to offline: quoted by phone and entered online, or seen online and
-- quoted by phone.

-- A coupon: a code, and what it tells of an order that carries it.
CREATE TABLE coupon (
  id              INTEGER PRIMARY KEY,
  code            TEXT NOT NULL,                  -- as people read it: 'Spring 10'
  code_key        TEXT NOT NULL UNIQUE,           -- what is compared: no blanks, small letters: 'spring10'
  name            TEXT NOT NULL DEFAULT '',       -- what it is for, in the owner's words
  source          INTEGER REFERENCES source,      -- who uses it came from there; of a joint venture or an
                                                  -- affiliate that names the partner. NULL: it tells nothing
  path            TEXT CHECK (path IN ('opt-in', 'direct', 'phone', 'in person')),  -- by which path
  product         INTEGER REFERENCES product,     -- that it is for; NULL: whatever is ordered
  discount        TEXT NOT NULL DEFAULT '',       -- what it gives, in words: the shop does the arithmetic
  valid_from      TEXT,                           -- first day, YYYY-MM-DD in the business's zone; NULL: always
  valid_until     TEXT,                           -- last day, the same
  most_uses       INTEGER CHECK (most_uses > 0),  -- orders that may use it; NULL: any number
  most_per_lead   INTEGER CHECK (most_per_lead > 0),  -- orders of one lead that may; NULL: any number
  run             INTEGER REFERENCES import_run,  -- the import of orders that made it; NULL: a person did
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  retired_at      INTEGER,                        -- not accepted any more since then
  CHECK ((source IS NULL) = (path IS NULL)),
  CHECK (valid_from <= valid_until)
) STRICT;
CREATE INDEX coupon_source ON coupon (source) WHERE source IS NOT NULL;
CREATE INDEX coupon_product ON coupon (product) WHERE product IS NOT NULL;
CREATE INDEX coupon_run ON coupon (run) WHERE run IS NOT NULL;

-- That a lead was told a code: "given by phone to this lead".
CREATE TABLE coupon_given (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  coupon          INTEGER NOT NULL REFERENCES coupon,
  at              INTEGER NOT NULL,
  how             TEXT NOT NULL CHECK (how IN ('phone', 'in person', 'email', 'sms', 'post')),
  who             TEXT NOT NULL DEFAULT '',       -- who gave it: free text
  note            TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX coupon_given_lead ON coupon_given (lead, at);
CREATE INDEX coupon_given_coupon ON coupon_given (coupon, at);

-- That an order used a coupon. sales_order.coupon stays the text that came with the order; it may hold
-- several codes, parted by commas, and codes that are no coupons.
CREATE TABLE coupon_use (
  sales_order     INTEGER NOT NULL REFERENCES sales_order ON DELETE CASCADE,
  coupon          INTEGER NOT NULL REFERENCES coupon,
  at              INTEGER NOT NULL,               -- of the order
  touch           INTEGER REFERENCES touch ON DELETE SET NULL,  -- the arrival that the order tells of: from the
                                                  -- coupon's source by its path at the order's time; NULL: none
  made_touch      INTEGER NOT NULL DEFAULT 0 CHECK (made_touch IN (0, 1)),  -- 1: made for it, and goes with it
  against         TEXT NOT NULL DEFAULT '',       -- what should have forbidden it, and did not, for the order was
                                                  -- there already: a word of ladder/rungs-coupon.h; '': nothing
  PRIMARY KEY (sales_order, coupon)
) STRICT, WITHOUT ROWID;
CREATE INDEX coupon_use_coupon ON coupon_use (coupon, at);
CREATE INDEX coupon_use_touch ON coupon_use (touch) WHERE touch IS NOT NULL;

-- The uses that stand: an order that is given back whole gives its use back.
CREATE VIEW coupon_redeemed AS
  SELECT u.coupon AS coupon, u.sales_order AS sales_order, o.lead AS lead, u.at AS at, u.against AS against
    FROM coupon_use u
    JOIN sales_order o ON o.id = u.sales_order
   WHERE EXISTS (SELECT 1 FROM order_line l
                  WHERE l.sales_order = u.sales_order
                    AND coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id)
                                  < l.amount, 1));

-- Orders by the code that they carry.
CREATE INDEX sales_order_coupon ON sales_order (coupon, at) WHERE coupon <> '';

-- Rules that name a coupon get its new code.
CREATE TRIGGER coupon_is_renamed AFTER UPDATE OF code ON coupon WHEN new.code IS NOT old.code
BEGIN INSERT INTO name_change (kind, thing, before, after) VALUES ('coupon', old.id, old.code, new.code); END;
CREATE TRIGGER coupon_is_gone AFTER DELETE ON coupon
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('coupon', old.id, old.code); END;
