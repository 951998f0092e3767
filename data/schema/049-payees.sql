-- 049-payees.sql: how partners are paid, and from which account.

-- In which way; what is needed for it is sealed.
ALTER TABLE partner ADD COLUMN pay_way TEXT NOT NULL DEFAULT ''
  CHECK (pay_way IN ('', 'bank', 'paypal', 'wise', 'other'));

-- One detail of a partner or of the business itself: an IBAN, a tax number … None stands here as it is: each is
-- sealed with a key that the keyring has (partners/rungs-seal.h), for its owner and its field alone.
CREATE TABLE payment_detail (
  id              INTEGER PRIMARY KEY,
  partner         INTEGER REFERENCES partner,     -- NULL: the business itself
  field           TEXT NOT NULL,                  -- 'holder', 'iban' … partners/rungs-payee.h lists them
  sealed          BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX payment_detail_field ON payment_detail (coalesce (partner, 0), field);

-- Partners who are leads themselves.
CREATE TABLE partner_lead (
  lead            INTEGER PRIMARY KEY REFERENCES lead ON DELETE CASCADE,
  partner         INTEGER NOT NULL UNIQUE REFERENCES partner
) STRICT;
