-- 035-web.sql: what forms, shops and mail providers send.

-- Where deliveries of one provider come in. Its secrets are in the keyring, never here.
CREATE TABLE web_endpoint (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,           -- names its secrets in the keyring
  name            TEXT NOT NULL UNIQUE,
  provider        TEXT NOT NULL,                  -- the key of a provider: 'typeform', 'stripe', …
  path            TEXT NOT NULL UNIQUE,           -- '/in/…', which nobody can guess
  source          INTEGER REFERENCES source,      -- of the leads that come by it; NULL: it brings none
  form            TEXT NOT NULL DEFAULT '',       -- how its form is called; '': as the delivery says
  wording         TEXT NOT NULL DEFAULT '',       -- what who sends the form agrees to; '': to nothing
  product         INTEGER REFERENCES product,     -- what an order is of that names no product of ours
  shop            TEXT NOT NULL DEFAULT '',       -- which of the seller's shops; '': one without a name
  verify          TEXT,                           -- JSON: how it is signed, where not as the provider says
  mapping         TEXT NOT NULL DEFAULT '{}',     -- JSON: what a form asks -> field of the lead
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER                         -- deliveries are kept, but not applied
) STRICT;

-- One request, kept before anything is done with it. waiting: not looked at yet, or for an order that
-- has not come (web_wait). applied: it did what it says. ignored: it says nothing, or has come before.
-- quarantine: it cannot be believed or understood, and waits for a person.
CREATE TABLE web_delivery (
  id              INTEGER PRIMARY KEY,
  endpoint        INTEGER REFERENCES web_endpoint,  -- NULL: nothing of ours is at its path
  origin          TEXT UNIQUE,                    -- what names it where it was received; NULL: nothing does
  key             TEXT,                           -- what tells it from others of the endpoint, once it was
                                                  -- believed: the provider's number, or a hash
  state           TEXT NOT NULL DEFAULT 'waiting'
                  CHECK (state IN ('waiting', 'applied', 'ignored', 'quarantine')),
  reason          TEXT NOT NULL DEFAULT '',       -- why, for people
  kind            TEXT NOT NULL DEFAULT '',       -- what the provider calls it: 'invoice.paid'
  lead            INTEGER REFERENCES lead ON DELETE SET NULL,  -- whom it is about, where that is one person
  received_at     INTEGER NOT NULL,               -- by whoever received it
  taken_at        INTEGER NOT NULL,               -- into this file
  ended_at        INTEGER                         -- applied or ignored
) STRICT;
CREATE UNIQUE INDEX web_delivery_key ON web_delivery (endpoint, key) WHERE key IS NOT NULL;
CREATE INDEX web_delivery_state ON web_delivery (state, id);
CREATE INDEX web_delivery_lead ON web_delivery (lead) WHERE lead IS NOT NULL;

-- The bytes. They go when a person it is about is erased.
CREATE TABLE web_raw (
  delivery        INTEGER PRIMARY KEY REFERENCES web_delivery ON DELETE CASCADE,
  method          TEXT NOT NULL,
  path            TEXT NOT NULL,                  -- with what follows "?"
  headers         TEXT NOT NULL,                  -- "Name: value" lines, as they came
  body            BLOB NOT NULL,
  address         TEXT NOT NULL                   -- of whom it came from
) STRICT;

-- What a form said of a field of a lead. Who fills in two forms has what the later one says, in
-- whatever order they arrive; what staff or an import wrote stays.
CREATE TABLE web_value (
  delivery        INTEGER NOT NULL REFERENCES web_delivery ON DELETE CASCADE,
  field           TEXT NOT NULL,                  -- a column of lead, or 'field:KEY'
  value           TEXT NOT NULL,
  at              INTEGER NOT NULL,
  PRIMARY KEY (delivery, field)
) STRICT, WITHOUT ROWID;

-- The delivery that proves a consent.
CREATE TABLE web_consent (
  consent         INTEGER PRIMARY KEY REFERENCES consent ON DELETE CASCADE,
  delivery        INTEGER NOT NULL REFERENCES web_delivery
) STRICT;
CREATE INDEX web_consent_delivery ON web_consent (delivery);

-- What an address or a form told of a touch: 'utm_campaign', 'partner', 'page', …
CREATE TABLE touch_tag (
  touch           INTEGER NOT NULL REFERENCES touch ON DELETE CASCADE,
  name            TEXT NOT NULL,
  value           TEXT NOT NULL,
  PRIMARY KEY (touch, name)
) STRICT, WITHOUT ROWID;

-- Under which numbers a seller knows an order: of the payment, the invoice, the subscription.
CREATE TABLE web_reference (
  seller          TEXT NOT NULL,                  -- with the shop: 'stripe', 'woocommerce/north'
  reference       TEXT NOT NULL,
  sales_order     INTEGER NOT NULL REFERENCES sales_order ON DELETE CASCADE,
  is_order        INTEGER NOT NULL CHECK (is_order IN (0, 1)),  -- 0: several orders can have it
  PRIMARY KEY (seller, reference, sales_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX web_reference_order ON web_reference (sales_order);

-- Which orders a delivery waits for: one of these.
CREATE TABLE web_wait (
  delivery        INTEGER NOT NULL REFERENCES web_delivery ON DELETE CASCADE,
  seller          TEXT NOT NULL,
  reference       TEXT NOT NULL,
  PRIMARY KEY (delivery, seller, reference)
) STRICT, WITHOUT ROWID;
CREATE INDEX web_wait_reference ON web_wait (seller, reference);

-- Subscriptions that have ended.
CREATE TABLE web_ended (
  seller          TEXT NOT NULL,
  reference       TEXT NOT NULL,
  at              INTEGER NOT NULL,
  PRIMARY KEY (seller, reference)
) STRICT, WITHOUT ROWID;

-- How much of an order a seller said that was given back in all, where it says no more than that.
CREATE TABLE web_given_back (
  sales_order     INTEGER PRIMARY KEY REFERENCES sales_order ON DELETE CASCADE,
  amount          INTEGER NOT NULL
) STRICT;
