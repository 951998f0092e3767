-- 048-ledger.sql: partners, what they earn by which sale, and the book of what they are owed: double-entry, and
-- never changed.

-- Somebody who refers leads or sales for a commission: an affiliate, or a partner of a joint venture. What
-- leads come by it, its source tells.
CREATE TABLE partner (
  id              INTEGER PRIMARY KEY,
  uuid            TEXT NOT NULL UNIQUE,
  name            TEXT NOT NULL UNIQUE,           -- a person, or a company
  source          INTEGER NOT NULL UNIQUE REFERENCES source,  -- of kind 'affiliate' or 'jv'
  email           TEXT NOT NULL DEFAULT '',
  phone           TEXT NOT NULL DEFAULT '',
  country         TEXT NOT NULL DEFAULT '',       -- ISO 3166: 'DE'
  language        TEXT NOT NULL DEFAULT '',       -- of statements, BCP 47; '': that of the business
  currency        TEXT NOT NULL,                  -- in which it is paid
  manager         TEXT NOT NULL DEFAULT '',       -- who of the staff looks after it
  note            TEXT NOT NULL DEFAULT '',
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  ended_at        INTEGER                         -- earns nothing from then on; what it earned stays
) STRICT;

-- What partners of it earn. A product may be told of in each.
CREATE TABLE programme (
  id              INTEGER PRIMARY KEY,
  name            TEXT NOT NULL UNIQUE,
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER                         -- nobody joins any more; who is in it stays
) STRICT;

-- Its terms, in versions: those that were in force at the time of a sale count for that sale for ever.
CREATE TABLE programme_terms (
  id              INTEGER PRIMARY KEY,
  programme       INTEGER NOT NULL REFERENCES programme,
  from_at         INTEGER NOT NULL,               -- in force from then on, until the next version is
  terms           TEXT NOT NULL,                  -- JSON: partners/rungs-terms.h
  made_at         INTEGER NOT NULL,
  UNIQUE (programme, from_at)
) STRICT;
CREATE TRIGGER programme_terms_are_not_changed BEFORE UPDATE ON programme_terms
BEGIN SELECT RAISE (ABORT, 'terms are never changed: a new version of them begins later'); END;

-- In which programme a partner is from when on: in one at a time.
CREATE TABLE programme_partner (
  partner         INTEGER NOT NULL REFERENCES partner,
  from_at         INTEGER NOT NULL,
  programme       INTEGER NOT NULL REFERENCES programme,
  PRIMARY KEY (partner, from_at)
) STRICT, WITHOUT ROWID;

-- By which rules orders are credited to partners, from when on.
CREATE TABLE attribution_rules (
  from_at         INTEGER PRIMARY KEY,
  rules           TEXT NOT NULL,                  -- JSON: partners/rungs-attribution.h
  made_at         INTEGER NOT NULL
) STRICT;

-- To whom an order was credited. The order may be gone one day: what was decided of it is not.
CREATE TABLE referral (
  sales_order     INTEGER PRIMARY KEY,
  at              INTEGER NOT NULL,               -- of the order
  partner         INTEGER REFERENCES partner,     -- NULL: nobody
  touch           INTEGER,                        -- that decided; NULL: none did
  saw             TEXT NOT NULL,                  -- JSON: what each rule said, in their order
  decided_at      INTEGER NOT NULL,
  by_hand         INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1))
) STRICT;
CREATE INDEX referral_partner ON referral (partner, at) WHERE partner IS NOT NULL;

-- What a line of an order earns a partner: decided once, so that what happens later in the month does not change
-- it. What it comes to is in the book.
CREATE TABLE commission (
  order_line      INTEGER NOT NULL,
  partner         INTEGER NOT NULL REFERENCES partner,
  sales_order     INTEGER NOT NULL,
  currency        TEXT NOT NULL,
  terms           INTEGER NOT NULL REFERENCES programme_terms,
  share           INTEGER,                        -- basis points; NULL: a fixed amount
  fixed           INTEGER,                        -- minor units, of the whole line; NULL: a share
  hold_until      INTEGER NOT NULL,               -- not paid before then
  approved_at     INTEGER,                        -- NULL: waits for somebody to look at it
  is_open         INTEGER NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1)),  -- 1: some of it is held
  is_unpaid       INTEGER NOT NULL DEFAULT 0 CHECK (is_unpaid IN (0, 1)), -- 1: some of it may be paid
  PRIMARY KEY (order_line, partner),
  CHECK ((share IS NULL) <> (fixed IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX commission_order ON commission (sales_order);
CREATE INDEX commission_open ON commission (hold_until) WHERE is_open;
CREATE INDEX commission_unpaid ON commission (currency, partner) WHERE is_unpaid;

-- What partners are paid at one time, in one currency.
CREATE TABLE payout (
  id              INTEGER PRIMARY KEY,
  currency        TEXT NOT NULL,
  until_at        INTEGER NOT NULL,               -- of orders up to then
  made_at         INTEGER NOT NULL
) STRICT;

-- One partner in it. The amount is what is paid: what may be paid, less what the partner has to give back.
CREATE TABLE payout_item (
  payout          INTEGER NOT NULL REFERENCES payout,
  partner         INTEGER NOT NULL REFERENCES partner,
  approved        INTEGER NOT NULL,
  set_off         INTEGER NOT NULL,
  state           TEXT NOT NULL DEFAULT 'payable'
                  CHECK (state IN ('payable', 'paid', 'failed', 'returned')),
  ended_at        INTEGER,                        -- when it became what it is
  PRIMARY KEY (payout, partner),
  CHECK (set_off >= 0 AND approved > set_off)
) STRICT, WITHOUT ROWID;

-- Of which lines it is. Of an item that failed or came back they may be paid again.
CREATE TABLE payout_line (
  order_line      INTEGER NOT NULL,
  partner         INTEGER NOT NULL,
  payout          INTEGER NOT NULL,
  amount          INTEGER NOT NULL,
  PRIMARY KEY (order_line, partner, payout),
  FOREIGN KEY (payout, partner) REFERENCES payout_item
) STRICT, WITHOUT ROWID;
CREATE INDEX payout_line_item ON payout_line (payout, partner);

-- What of a line is on its way, or was paid.
CREATE VIEW paid_line AS
  SELECT l.order_line AS order_line, l.partner AS partner, l.amount AS amount
    FROM payout_line l JOIN payout_item i ON i.payout = l.payout AND i.partner = l.partner
   WHERE i.state IN ('payable', 'paid');

-- One account for each partner, state and currency.
--   expense   what commissions have cost; its balance is above 0
--   held      earned, but what was sold may still be given back; owed: its balance is below 0
--   approved  may be paid
--   payable   stands in a payout that is not known to have arrived
--   paid      has left the bank, all in all; below 0
--   carried   what the partner was paid and has to give back; it is set off against what comes; above 0
CREATE TABLE ledger_account (
  id              INTEGER PRIMARY KEY,
  partner         INTEGER NOT NULL REFERENCES partner,
  state           TEXT NOT NULL
                  CHECK (state IN ('expense', 'held', 'approved', 'payable', 'paid', 'carried')),
  currency        TEXT NOT NULL,
  UNIQUE (partner, state, currency)
) STRICT;

-- One entry of the book. What it names may be gone one day, which is why nothing refers to it: the book says
-- what was known when it was written.
CREATE TABLE journal (
  id              INTEGER PRIMARY KEY,            -- 1, 2, 3 … without a gap
  kind            TEXT NOT NULL,                  -- partners/rungs-ledger.h lists them
  at              INTEGER NOT NULL,               -- when what it tells of happened
  booked_at       INTEGER NOT NULL,
  currency        TEXT NOT NULL,
  sales_order     INTEGER NOT NULL DEFAULT 0,     -- 0 in this and those below: none
  order_line      INTEGER NOT NULL DEFAULT 0,
  terms           INTEGER NOT NULL DEFAULT 0,     -- the version of the programme's terms
  base            INTEGER,                        -- minor units of which the commission is; NULL: no share of any
  rate            INTEGER,                        -- basis points; NULL: no rate
  touch           INTEGER NOT NULL DEFAULT 0,     -- that it was attributed by
  payout          INTEGER NOT NULL DEFAULT 0,
  reverses        INTEGER NOT NULL DEFAULT 0,     -- the entry that it takes back, as far as its amount goes
  words           TEXT NOT NULL DEFAULT '',       -- why, for people; names nobody
  hash            BLOB NOT NULL                   -- SHA-256 of the entry and of the hash before it
) STRICT;
CREATE INDEX journal_order ON journal (sales_order) WHERE sales_order <> 0;
CREATE INDEX journal_line ON journal (order_line) WHERE order_line <> 0;
CREATE INDEX journal_payout ON journal (payout) WHERE payout <> 0;

-- What an entry does to an account. Debits are above 0, credits below; those of an entry add up to nothing.
CREATE TABLE posting (
  account         INTEGER NOT NULL REFERENCES ledger_account,
  number          INTEGER NOT NULL,               -- of the account: 1, 2, 3 … without a gap
  entry           INTEGER NOT NULL REFERENCES journal DEFERRABLE INITIALLY DEFERRED,
  amount          INTEGER NOT NULL CHECK (amount <> 0),
  balance         INTEGER NOT NULL,               -- of the account, after it
  PRIMARY KEY (account, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX posting_entry ON posting (entry, account);

-- The file itself refuses what is no bookkeeping. Postings come first, then the entry, which closes them.
CREATE TRIGGER posting_goes_on BEFORE INSERT ON posting
BEGIN
  SELECT RAISE (ABORT, 'this entry of the ledger is closed')
   WHERE EXISTS (SELECT 1 FROM journal WHERE id = new.entry);
  SELECT RAISE (ABORT, 'the balance of the ledger does not go on')
   WHERE (new.number - 1, new.balance - new.amount)
         IS NOT (SELECT coalesce (max (number), 0),
                        coalesce ((SELECT balance FROM posting WHERE account = new.account
                                    ORDER BY number DESC LIMIT 1), 0)
                   FROM posting WHERE account = new.account);
END;
CREATE TRIGGER journal_goes_on BEFORE INSERT ON journal
BEGIN
  SELECT RAISE (ABORT, 'entries of the ledger follow each other')
   WHERE new.id IS NOT (SELECT coalesce (max (id), 0) + 1 FROM journal);
  SELECT RAISE (ABORT, 'an entry of the ledger has to balance')
   WHERE (SELECT count (*) < 2 OR sum (p.amount) <> 0 OR sum (a.currency <> new.currency) <> 0
            FROM posting p JOIN ledger_account a ON a.id = p.account WHERE p.entry = new.id);
END;

CREATE TRIGGER journal_is_not_changed BEFORE UPDATE ON journal
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER posting_is_not_changed BEFORE UPDATE ON posting
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER posting_is_kept BEFORE DELETE ON posting
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_account_is_not_changed BEFORE UPDATE ON ledger_account
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
CREATE TRIGGER ledger_account_is_kept BEFORE DELETE ON ledger_account
BEGIN SELECT RAISE (ABORT, 'the ledger is never changed'); END;
