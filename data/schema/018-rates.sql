-- 018-rates.sql: amounts of several currencies told in one.

-- The currency in which sums are told; '': each currency by itself.
ALTER TABLE business ADD COLUMN report_currency TEXT NOT NULL DEFAULT '';

-- What one unit of a currency was worth in another one, from a day on, until the day of the next rate of the
-- two. An amount of `quote` is an amount of `base` times the rate; the other way round it is divided by it.
CREATE TABLE currency_rate (
  id              INTEGER PRIMARY KEY,
  base            TEXT NOT NULL,                  -- one unit of this (ISO 4217) is worth …
  quote           TEXT NOT NULL,                  -- … so many units of this:
  rate            INTEGER NOT NULL CHECK (rate > 0),  -- in hundred-millionths: 108760000 is 1.0876
  day             TEXT NOT NULL,                  -- YYYY-MM-DD in the business's zone, from which it holds
  CHECK (base <> quote)
) STRICT;
-- Two currencies have one rate a day, whichever way round it is written down.
CREATE UNIQUE INDEX currency_rate_day ON currency_rate (min (base, quote), max (base, quote), day);

-- What offers are expected to bring can be compared or not: who is offered what next may change.
CREATE TRIGGER business_reports_otherwise AFTER UPDATE OF report_currency ON business
WHEN new.report_currency IS NOT old.report_currency
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', 0, ''); END;
