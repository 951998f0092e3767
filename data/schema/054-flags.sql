-- 054-flags.sql: what is out of the ordinary with orders that partners are credited with, and what a person said
-- of it. Nothing here moves money.

-- When a partner is looked at anew: about once a day, and soon after it sold or something was given back.
CREATE TABLE partner_look (
  partner         INTEGER PRIMARY KEY REFERENCES partner,
  due_at          INTEGER NOT NULL
) STRICT;
CREATE INDEX partner_look_due ON partner_look (due_at);

CREATE TRIGGER referral_is_looked_at AFTER INSERT ON referral WHEN new.partner IS NOT NULL
BEGIN
  UPDATE partner_look SET due_at = new.decided_at + 600000
   WHERE partner = new.partner AND due_at > new.decided_at + 600000;
END;
CREATE TRIGGER refund_is_looked_at AFTER INSERT ON refund
BEGIN
  UPDATE partner_look SET due_at = new.created_at + 600000
   WHERE partner = (SELECT partner FROM referral WHERE sales_order = new.sales_order)
     AND due_at > new.created_at + 600000;
END;

-- What waits for a person, as it was found when the partner was last looked at.
CREATE TABLE partner_flag (
  partner         INTEGER NOT NULL REFERENCES partner,
  kind            TEXT NOT NULL
                  CHECK (kind IN ('self-referral', 'household', 'coupon', 'refunds', 'clicks')),
  cases           INTEGER NOT NULL,               -- orders that it is about
  found_at        INTEGER NOT NULL,
  PRIMARY KEY (partner, kind)
) STRICT, WITHOUT ROWID;

-- What a person said of it, by hand. All is kept, the newest counts, until the evidence has grown.
CREATE TABLE partner_flag_decision (
  id              INTEGER PRIMARY KEY,
  partner         INTEGER NOT NULL REFERENCES partner,
  kind            TEXT NOT NULL
                  CHECK (kind IN ('self-referral', 'household', 'coupon', 'refunds', 'clicks')),
  verdict         TEXT NOT NULL CHECK (verdict IN ('fine', 'not-fine')),
  note            TEXT NOT NULL DEFAULT '',
  cases           INTEGER NOT NULL,               -- orders that it was about …
  until_at        INTEGER NOT NULL,               -- … the newest of which became one then
  evidence        TEXT NOT NULL,                  -- in the words in which it was seen; they name no buyer
  decided_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX partner_flag_decision_partner ON partner_flag_decision (partner, kind, id);
CREATE TRIGGER partner_flag_decision_is_not_changed BEFORE UPDATE ON partner_flag_decision
BEGIN SELECT RAISE (ABORT, 'what was said of a flag is never changed: a newer word counts'); END;
