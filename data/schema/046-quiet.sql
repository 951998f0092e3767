-- 046-quiet.sql: leads who asked for a pause.

-- Until then the lead gets no marketing by e-mail, as they asked; NULL: they did not.
ALTER TABLE lead ADD COLUMN quiet_until INTEGER;
