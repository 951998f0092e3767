-- 052-terms.sql: partners who recruited partners, and commissions of a profit.

ALTER TABLE partner ADD COLUMN recruited_by INTEGER REFERENCES partner;    -- NULL: by none of them
CREATE INDEX partner_recruited_by ON partner (recruited_by) WHERE recruited_by IS NOT NULL;

-- The second tier: a commission of whoever recruited the partner that sold.
ALTER TABLE commission ADD COLUMN via INTEGER REFERENCES partner;          -- who sold; NULL: the partner itself
ALTER TABLE commission ADD COLUMN recruiter INTEGER REFERENCES partner;    -- who earns by it, too; NULL: nobody

-- A share of the profit. The cost is what was said of the product when it was decided.
ALTER TABLE commission ADD COLUMN of_profit INTEGER NOT NULL DEFAULT 0 CHECK (of_profit IN (0, 1));
ALTER TABLE commission ADD COLUMN cost INTEGER;    -- minor units, of the whole line; NULL: nobody had said
