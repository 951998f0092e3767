-- 001-business.sql: the file of a business, as its first release wrote it.
--
-- Conventions, true in every table:
--   * an instant is an INTEGER of milliseconds since 1970-01-01T00:00:00Z (columns that end in _at);
--   * money is an INTEGER of minor units (cents) with an ISO 4217 code beside it;
--   * a column named like a table holds the id of a row of that table;
--   * `run` is the import that wrote the row, so that the import can be undone; NULL for everything else.

-- ---------------------------------------------------------------- the business

-- One row: whose file this is.
CREATE TABLE business (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  uuid            TEXT NOT NULL,                  -- names this file in the keyring
  name            TEXT NOT NULL DEFAULT '',
  address         TEXT NOT NULL DEFAULT '',       -- postal address, stands under every marketing message
  zone            TEXT NOT NULL DEFAULT 'UTC',    -- IANA time zone, e.g. Europe/Berlin
  currency        TEXT NOT NULL DEFAULT 'EUR',
  salt            BLOB NOT NULL,                  -- of suppression.hash
  demo            INTEGER NOT NULL DEFAULT 0,     -- 1: the demo business
  cap_messages    INTEGER,                        -- at most so many marketing messages to a lead …
  cap_days        INTEGER,                        -- … in so many days; NULL: no cap
  window_from     INTEGER,                        -- marketing leaves only between these minutes of the
  window_to       INTEGER,                        -- business day; NULL: at any time
  created_at      INTEGER NOT NULL
) STRICT;

-- How far each part of the program has read the timeline (event.id).
CREATE TABLE cursor (
  name            TEXT PRIMARY KEY,
  event           INTEGER NOT NULL
) STRICT;

-- Who runs the engine (one row, or none). The lock file beside the database decides; this row tells.
CREATE TABLE lease (
  id              INTEGER PRIMARY KEY CHECK (id = 1),
  holder          TEXT NOT NULL,                  -- a new random name at each start
  program         TEXT NOT NULL,                  -- 'rungs' or 'rungsctl'
  machine         TEXT NOT NULL,                  -- salted hash of the machine's id
  taken_at        INTEGER NOT NULL,
  beat_at         INTEGER NOT NULL
) STRICT;

-- ---------------------------------------------------------------- leads

-- One run of an import.
CREATE TABLE import_run (
  id              INTEGER PRIMARY KEY,
  file_name       TEXT NOT NULL,
  source          INTEGER REFERENCES source,
  on_match        TEXT NOT NULL CHECK (on_match IN ('fill', 'overwrite', 'skip')),
  mapping         TEXT NOT NULL,                  -- JSON: heading -> field
  rows_read       INTEGER NOT NULL DEFAULT 0,
  leads_created   INTEGER NOT NULL DEFAULT 0,
  leads_updated   INTEGER NOT NULL DEFAULT 0,
  leads_unchanged INTEGER NOT NULL DEFAULT 0,
  rows_refused    INTEGER NOT NULL DEFAULT 0,
  started_at      INTEGER NOT NULL,
  finished_at     INTEGER NOT NULL,
  undone_at       INTEGER                         -- NULL: stands
) STRICT;

-- A person we know of.
CREATE TABLE lead (
  id              INTEGER PRIMARY KEY,
  email           TEXT,                           -- as it was given
  email_key       TEXT,                           -- lower case, domain in ASCII: what is compared
  first_name      TEXT NOT NULL DEFAULT '',
  last_name       TEXT NOT NULL DEFAULT '',
  company         TEXT NOT NULL DEFAULT '',
  phone           TEXT NOT NULL DEFAULT '',
  street          TEXT NOT NULL DEFAULT '',
  postcode        TEXT NOT NULL DEFAULT '',
  city            TEXT NOT NULL DEFAULT '',
  region          TEXT NOT NULL DEFAULT '',
  country         TEXT NOT NULL DEFAULT '',       -- as given; ISO 3166 code where known
  language        TEXT NOT NULL DEFAULT '',       -- BCP 47, e.g. de
  zone            TEXT NOT NULL DEFAULT '',       -- IANA time zone; empty: the business's
  notes           TEXT NOT NULL DEFAULT '',
  score           INTEGER NOT NULL DEFAULT 0,
  bounced_at      INTEGER,                        -- a permanent refusal of the address
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX lead_email_key ON lead (email_key) WHERE email_key IS NOT NULL;
CREATE INDEX lead_created ON lead (created_at, id);
CREATE INDEX lead_last_name ON lead (last_name COLLATE NOCASE, first_name COLLATE NOCASE, id);
CREATE INDEX lead_company ON lead (company COLLATE NOCASE, id);
CREATE INDEX lead_city ON lead (city COLLATE NOCASE, id);
CREATE INDEX lead_score ON lead (score, id);

-- Search as you type. Derived from lead; `rungsctl check` compares, and can rebuild.
CREATE VIRTUAL TABLE lead_search USING fts5 (
  email, first_name, last_name, company, city, phone,
  content = 'lead', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);

-- A field of the business's own ("Dog's name").
CREATE TABLE field (
  id              INTEGER PRIMARY KEY,
  key             TEXT NOT NULL UNIQUE,           -- a-z, 0-9, _: how messages and rules name it
  label           TEXT NOT NULL,                  -- how people read it
  kind            TEXT NOT NULL DEFAULT 'text' CHECK (kind IN ('text', 'number', 'date', 'yesno')),
  created_at      INTEGER NOT NULL
) STRICT;

-- The values of those fields.
CREATE TABLE lead_value (
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  field           INTEGER NOT NULL REFERENCES field ON DELETE CASCADE,
  value           TEXT NOT NULL,
  PRIMARY KEY (lead, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE tag (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE COLLATE NOCASE
) STRICT;

CREATE TABLE lead_tag (
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  tag             INTEGER NOT NULL REFERENCES tag ON DELETE CASCADE,
  added_at        INTEGER NOT NULL,
  run             INTEGER REFERENCES import_run,
  PRIMARY KEY (lead, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX lead_tag_tag ON lead_tag (tag, lead);

-- Where leads come from. The six kinds, in the order in which they are always shown.
CREATE TABLE source (
  id              INTEGER PRIMARY KEY,
  kind            TEXT NOT NULL CHECK (kind IN ('customers', 'ppc', 'other', 'seo', 'jv', 'affiliate')),
  name            TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER,
  UNIQUE (kind, name)
) STRICT;

-- What a source cost, by day.
CREATE TABLE source_spend (
  id              INTEGER PRIMARY KEY,
  source          INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
  day             TEXT NOT NULL,                  -- YYYY-MM-DD in the business's zone
  amount          INTEGER NOT NULL,
  currency        TEXT NOT NULL,
  note            TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX source_spend_source ON source_spend (source, day);

-- One arrival of a lead from a source. The first and all later ones are kept.
CREATE TABLE touch (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  source          INTEGER NOT NULL REFERENCES source,
  path            TEXT NOT NULL CHECK (path IN ('opt-in', 'direct', 'phone', 'in person')),
  at              INTEGER NOT NULL,
  detail          TEXT NOT NULL DEFAULT '',       -- page, coupon, number: what told us
  run             INTEGER REFERENCES import_run
) STRICT;
CREATE INDEX touch_lead ON touch (lead, at);
CREATE INDEX touch_source ON touch (source, at);

-- Who agreed to what. Never changed: a withdrawal or an annulment is a row of its own.
CREATE TABLE consent (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  purpose         TEXT NOT NULL DEFAULT 'marketing',
  channel         TEXT NOT NULL DEFAULT 'email' CHECK (channel IN ('email', 'phone', 'post', 'sms')),
  action          TEXT NOT NULL CHECK (action IN ('given', 'withdrawn', 'annulled')),
  annuls          INTEGER REFERENCES consent,     -- the row that an annulment takes back
  at              INTEGER NOT NULL,
  origin          TEXT NOT NULL,                  -- where: form, import, phone call, by hand
  wording         TEXT NOT NULL DEFAULT '',       -- the words that were agreed to
  run             INTEGER REFERENCES import_run
) STRICT;
CREATE INDEX consent_lead ON consent (lead, purpose, channel, id);
CREATE INDEX consent_annuls ON consent (annuls) WHERE annuls IS NOT NULL;
CREATE TRIGGER consent_is_append_only BEFORE UPDATE ON consent
BEGIN SELECT RAISE (ABORT, 'consent is append-only'); END;

-- Addresses that get nothing more, for ever.
CREATE TABLE suppression (
  id              INTEGER PRIMARY KEY,
  hash            TEXT NOT NULL UNIQUE,           -- hex SHA-256 of business.salt and the e-mail key
  email           TEXT,                           -- NULL after erasure
  reason          TEXT NOT NULL CHECK (reason IN ('unsubscribed', 'bounced', 'complained', 'erased', 'by hand')),
  note            TEXT NOT NULL DEFAULT '',
  at              INTEGER NOT NULL
) STRICT;

-- The timeline: every fact, in the order in which it was written down. Parts of the program react to
-- facts by reading the rows after their cursor.
CREATE TABLE event (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  lead            INTEGER REFERENCES lead ON DELETE CASCADE,   -- NULL: about no single lead
  kind            TEXT NOT NULL,                  -- 'order.placed', 'tag.added', …: leads/rungs-event.h lists them
  at              INTEGER NOT NULL,               -- when it happened
  ref             INTEGER,                        -- id of the row it is about; which table follows from kind
  detail          TEXT NOT NULL DEFAULT '',       -- a short text or JSON; the meaning follows from kind
  run             INTEGER REFERENCES import_run
) STRICT;
CREATE INDEX event_lead ON event (lead, at, id);
CREATE INDEX event_kind ON event (kind, at);

-- Which leads an import created (created = 1) or met (0).
CREATE TABLE import_lead (
  run             INTEGER NOT NULL REFERENCES import_run,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  created         INTEGER NOT NULL CHECK (created IN (0, 1)),
  PRIMARY KEY (run, lead)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_lead_lead ON import_lead (lead);

-- What an import changed on leads that were there before it.
CREATE TABLE import_change (
  run             INTEGER NOT NULL REFERENCES import_run,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  field           TEXT NOT NULL,                  -- a column of lead, or 'field:KEY'
  before          TEXT,                           -- NULL: there was no value
  after           TEXT NOT NULL,
  PRIMARY KEY (run, lead, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_change_lead ON import_change (lead);

-- ---------------------------------------------------------------- ladder

CREATE TABLE product (
  id              INTEGER PRIMARY KEY,
  sku             TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name            TEXT NOT NULL,
  price           INTEGER NOT NULL CHECK (price >= 0),
  currency        TEXT NOT NULL,
  rung            INTEGER,                        -- height on the ladder, 1 at the foot; NULL: beside it
  refund_days     INTEGER NOT NULL DEFAULT 0,     -- how long money is given back
  period_months   INTEGER,                        -- a subscription is paid this often; NULL: bought once
  delivery        TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER
) STRICT;

-- What a bundle is made of.
CREATE TABLE product_part (
  bundle          INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  part            INTEGER NOT NULL REFERENCES product,
  PRIMARY KEY (bundle, part),
  CHECK (bundle <> part)
) STRICT, WITHOUT ROWID;

-- What owning a product means owning: itself, its parts, their parts. Derived from product_part.
CREATE TABLE product_holds (
  whole           INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  part            INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  PRIMARY KEY (whole, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_holds_part ON product_holds (part, whole);

-- An arrow of the ladder: after this, offer that.
CREATE TABLE offer (
  id              INTEGER PRIMARY KEY,
  from_product    INTEGER REFERENCES product ON DELETE CASCADE,  -- NULL: to leads who own nothing yet
  to_product      INTEGER NOT NULL REFERENCES product ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('next', 'upsell', 'downsell', 'cross')),
  after_days      INTEGER NOT NULL DEFAULT 0 CHECK (after_days >= 0),
  priority        INTEGER NOT NULL DEFAULT 0,     -- smaller is tried first
  condition       TEXT,                           -- a rule (JSON) that the lead must meet; NULL: none
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER
) STRICT;
CREATE INDEX offer_from ON offer (from_product, priority, id);

CREATE TABLE sales_order (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead,
  at              INTEGER NOT NULL,
  currency        TEXT NOT NULL,
  coupon          TEXT NOT NULL DEFAULT '',
  origin          TEXT NOT NULL DEFAULT 'by hand',
  external        TEXT UNIQUE,                    -- the shop's own number, where there is one
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX sales_order_lead ON sales_order (lead, at);
CREATE INDEX sales_order_at ON sales_order (at);

CREATE TABLE order_line (
  id              INTEGER PRIMARY KEY,
  sales_order     INTEGER NOT NULL REFERENCES sales_order ON DELETE CASCADE,
  product         INTEGER NOT NULL REFERENCES product,
  quantity        INTEGER NOT NULL DEFAULT 1 CHECK (quantity > 0),
  amount          INTEGER NOT NULL CHECK (amount >= 0),        -- of the whole line
  paid_until      INTEGER                         -- of a subscription: when it lapses; NULL: never
) STRICT;
CREATE INDEX order_line_order ON order_line (sales_order);
CREATE INDEX order_line_product ON order_line (product);

CREATE TABLE refund (
  id              INTEGER PRIMARY KEY,
  sales_order     INTEGER NOT NULL REFERENCES sales_order ON DELETE CASCADE,
  at              INTEGER NOT NULL,
  reason          TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX refund_order ON refund (sales_order);

-- What a refund gave back on each line. A line is refunded whole when its refunds reach its amount.
CREATE TABLE refund_line (
  refund          INTEGER NOT NULL REFERENCES refund ON DELETE CASCADE,
  order_line      INTEGER NOT NULL REFERENCES order_line ON DELETE CASCADE,
  amount          INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (refund, order_line)
) STRICT, WITHOUT ROWID;
CREATE INDEX refund_line_line ON refund_line (order_line);

-- Who owns what: every line not refunded whole, with what its product holds. Whoever reads it also asks
-- whether paid_until lies ahead. (direct = 0: owned as part of a bundle.)
CREATE VIEW owned AS
  SELECT o.lead AS lead, h.part AS product, o.at AS since, l.paid_until AS paid_until,
         l.id AS order_line, l.product = h.part AS direct
    FROM sales_order o
    JOIN order_line l ON l.sales_order = o.id
    JOIN product_holds h ON h.whole = l.product
   WHERE coalesce ((SELECT sum (r.amount) FROM refund_line r WHERE r.order_line = l.id) < l.amount, 1);

-- ---------------------------------------------------------------- mail

-- A mail account. Its password is in the keyring, never here.
CREATE TABLE account (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,           -- names the secret in the keyring
  name            TEXT NOT NULL UNIQUE,
  kind            TEXT NOT NULL CHECK (kind IN ('practice', 'smtp')),
  from_name       TEXT NOT NULL DEFAULT '',
  from_email      TEXT NOT NULL DEFAULT '',
  reply_to        TEXT NOT NULL DEFAULT '',
  host            TEXT NOT NULL DEFAULT '',
  port            INTEGER NOT NULL DEFAULT 0,
  security        TEXT NOT NULL DEFAULT 'starttls' CHECK (security IN ('starttls', 'tls', 'none')),
  auth            TEXT NOT NULL DEFAULT 'auto' CHECK (auth IN ('none', 'auto', 'plain', 'login', 'xoauth2')),
  username        TEXT NOT NULL DEFAULT '',
  ca_file         TEXT NOT NULL DEFAULT '',       -- trusted certificates of a server of one's own
  connections     INTEGER NOT NULL DEFAULT 2 CHECK (connections BETWEEN 1 AND 32),
  per_second      INTEGER NOT NULL DEFAULT 0,     -- 0: no limit
  per_hour        INTEGER NOT NULL DEFAULT 0,
  per_day         INTEGER NOT NULL DEFAULT 0,
  is_default      INTEGER NOT NULL DEFAULT 0,     -- 1: messages leave by this one
  paused_at       INTEGER,                        -- sending stopped by itself (wrong password, locked keyring)
  paused_reason   TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_default ON account (is_default) WHERE is_default = 1;

-- A message to write once and send often. Its text is in its versions.
CREATE TABLE message (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  purpose         TEXT NOT NULL,                  -- what it is for, in the owner's words
  value           TEXT NOT NULL,                  -- what the reader gets from it
  kind            TEXT NOT NULL DEFAULT 'marketing' CHECK (kind IN ('marketing', 'transactional')),
  version         INTEGER REFERENCES message_version,          -- the one in use
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE message_version (
  id              INTEGER PRIMARY KEY,
  message         INTEGER NOT NULL REFERENCES message ON DELETE CASCADE,
  subject         TEXT NOT NULL,                  -- merge language
  preview         TEXT NOT NULL DEFAULT '',       -- what mail programs show beside the subject
  blocks          TEXT NOT NULL,                  -- JSON array of blocks: [{"type": "text", "text": "…"}]
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX message_version_message ON message_version (message);

-- Messages on their way. planned: waits for due_at. claimed: a sender has it; after a crash nobody knows
-- whether the server took it. sent, failed, withheld (a check said no): ended. doubt: a person decides.
CREATE TABLE outbox (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead,
  message         INTEGER NOT NULL REFERENCES message,
  message_version INTEGER REFERENCES message_version,          -- the text that was used, from claiming on
  account         INTEGER REFERENCES account,                  -- from claiming on
  enrolment       INTEGER REFERENCES enrolment,
  step            TEXT NOT NULL DEFAULT '',
  visit           INTEGER NOT NULL DEFAULT 0,
  sells           INTEGER REFERENCES product,                  -- never sent to a lead who owns it
  state           TEXT NOT NULL DEFAULT 'planned'
                  CHECK (state IN ('planned', 'claimed', 'sent', 'failed', 'withheld', 'doubt')),
  due_at          INTEGER NOT NULL,
  attempts        INTEGER NOT NULL DEFAULT 0,
  message_id      TEXT NOT NULL UNIQUE,           -- the Message-ID header, without < >
  email           TEXT NOT NULL DEFAULT '',       -- the address used, from claiming on
  claimed_at      INTEGER,
  ended_at        INTEGER,
  reason          TEXT NOT NULL DEFAULT '',       -- the check that failed: mail/rungs-outbox.h lists them
  reply           TEXT NOT NULL DEFAULT '',       -- the server's last words
  created_at      INTEGER NOT NULL,
  UNIQUE (enrolment, step, visit)
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'planned';
CREATE INDEX outbox_state ON outbox (state, id);
CREATE INDEX outbox_lead ON outbox (lead, id);
CREATE INDEX outbox_ended ON outbox (account, ended_at) WHERE state IN ('sent', 'doubt');

-- ---------------------------------------------------------------- sequences

CREATE TABLE sequence (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  sells           INTEGER REFERENCES product,     -- owners of it are never enrolled or written to
  state           TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'live', 'paused')),
  version         INTEGER REFERENCES sequence_version,         -- new enrolments walk this one
  created_at      INTEGER NOT NULL
) STRICT;

-- A graph of steps, as JSON; never changed. sequences/rungs-graph.h tells the format.
CREATE TABLE sequence_version (
  id              INTEGER PRIMARY KEY,
  sequence        INTEGER NOT NULL REFERENCES sequence ON DELETE CASCADE,
  number          INTEGER NOT NULL,
  graph           TEXT NOT NULL,
  created_at      INTEGER NOT NULL,
  UNIQUE (sequence, number)
) STRICT;
CREATE TRIGGER sequence_version_is_immutable BEFORE UPDATE ON sequence_version
BEGIN SELECT RAISE (ABORT, 'a sequence version is immutable'); END;

-- One walk of one lead through one sequence.
CREATE TABLE enrolment (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  sequence        INTEGER NOT NULL REFERENCES sequence,
  version         INTEGER NOT NULL REFERENCES sequence_version,
  step            TEXT NOT NULL,                  -- where the lead stands
  visit           INTEGER NOT NULL DEFAULT 0,     -- steps walked so far; names this stay at the step
  due_at          INTEGER,                        -- when to go on; NULL: ended
  waits_for       TEXT,                           -- kind of event that ends the wait early
  outcome         TEXT,                           -- NULL: walking; 'finished', 'goal', 'bought', 'exit', 'stopped', 'error'
  why             TEXT NOT NULL DEFAULT '',       -- how it began or ended, in words or as 'event:ID'
  entered_at      INTEGER NOT NULL,
  arrived_at      INTEGER NOT NULL,               -- at this step
  ended_at        INTEGER
) STRICT;
CREATE UNIQUE INDEX enrolment_active ON enrolment (lead, sequence) WHERE outcome IS NULL;
CREATE INDEX enrolment_due ON enrolment (due_at, id) WHERE outcome IS NULL;
CREATE INDEX enrolment_sequence ON enrolment (sequence, step) WHERE outcome IS NULL;
CREATE INDEX enrolment_lead ON enrolment (lead, sequence, ended_at);

-- The steps an enrolment has walked, and which way it left each.
CREATE TABLE enrolment_step (
  enrolment       INTEGER NOT NULL REFERENCES enrolment ON DELETE CASCADE,
  visit           INTEGER NOT NULL,
  step            TEXT NOT NULL,
  at              INTEGER NOT NULL,
  result          TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (enrolment, visit)
) STRICT, WITHOUT ROWID;

-- ---------------------------------------------------------------- process

-- Something a person must do.
CREATE TABLE task (
  id              INTEGER PRIMARY KEY,
  lead            INTEGER REFERENCES lead ON DELETE CASCADE,
  title           TEXT NOT NULL,
  due_at          INTEGER NOT NULL,
  done_at         INTEGER,
  event           INTEGER UNIQUE,                 -- the event that asked for it
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX task_due ON task (due_at) WHERE done_at IS NULL;
CREATE INDEX task_lead ON task (lead);
