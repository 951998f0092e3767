-- 014-offer-figures.sql: how often each offer led on, and that rules ask for the next offer.

-- How many leads came to where an offer leaves from, and how many of them went on. Counted anew from time
-- to time from the orders, so that nobody waits for it; an offer that was never counted has no row.
CREATE TABLE offer_figure (
  offer           INTEGER PRIMARY KEY REFERENCES offer ON DELETE CASCADE,
  cases           INTEGER NOT NULL,               -- leads who came to own what it leaves from; of an offer to
                                                  -- leads who own nothing: all leads
  hits            INTEGER NOT NULL,               -- of these, who ordered what it leads to afterwards; of an
                                                  -- offer to leads who own nothing: with their first order
  counted_at      INTEGER NOT NULL
) STRICT;

-- Who is offered what next changes for everybody with the offers themselves: a row of name_change of the
-- kind 'offer' has watched segments that ask for it asked anew. So does counting, where the order in which
-- offers are tried is another afterwards; then `thing` is 0.
CREATE TRIGGER offer_is_added AFTER INSERT ON offer
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', new.id, ''); END;
CREATE TRIGGER offer_is_changed AFTER UPDATE ON offer
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', old.id, ''); END;
CREATE TRIGGER offer_is_gone AFTER DELETE ON offer
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', old.id, ''); END;
CREATE TRIGGER product_is_weighed_otherwise
AFTER UPDATE OF price, currency, cost, affiliate_rate, retired_at ON product
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', old.id, ''); END;
CREATE TRIGGER sequence_sells_otherwise AFTER UPDATE OF sells ON sequence WHEN new.sells IS NOT old.sells
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('offer', old.id, ''); END;
