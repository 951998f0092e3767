-- 061-periods.sql: a payout of some days only, and partners who are in no programme any more.

ALTER TABLE payout ADD COLUMN from_at INTEGER;    -- of orders from then on; NULL: of all up to until_at

-- As it was, but a partner may be in none.
CREATE TABLE programme_member (
  partner         INTEGER NOT NULL REFERENCES partner,
  from_at         INTEGER NOT NULL,
  programme       INTEGER REFERENCES programme,   -- NULL: in none from then on
  PRIMARY KEY (partner, from_at)
) STRICT, WITHOUT ROWID;
INSERT INTO programme_member (partner, from_at, programme) SELECT partner, from_at, programme FROM programme_partner;
DROP TABLE programme_partner;
ALTER TABLE programme_member RENAME TO programme_partner;
