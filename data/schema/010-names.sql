-- 010-names.sql: rules go on meaning what they meant when what they name gets another name.

-- What was renamed or went in the transaction that is being written. Before it ends the rules of
-- segments and offers and the graphs of sequences get the new names, watched segments are asked anew
-- where that is needed, and these rows are gone.
CREATE TABLE name_change (
  id              INTEGER PRIMARY KEY,            -- in the order in which it happened
  kind            TEXT NOT NULL,                  -- 'tag', 'source', 'product', 'message', 'sequence',
                                                  -- 'field'; 'holds': what a product holds, or its rung;
                                                  -- 'business': its currency or zone
  thing           INTEGER NOT NULL,               -- id of the row
  before          TEXT NOT NULL,                  -- the name; of a source KIND:NAME, of a product its SKU
  after           TEXT                            -- NULL: it is gone
) STRICT;

CREATE TRIGGER tag_is_renamed AFTER UPDATE OF name ON tag
WHEN new.name IS NOT old.name COLLATE BINARY
BEGIN INSERT INTO name_change (kind, thing, before, after) VALUES ('tag', old.id, old.name, new.name); END;
CREATE TRIGGER tag_is_gone AFTER DELETE ON tag
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('tag', old.id, old.name); END;

CREATE TRIGGER source_is_renamed AFTER UPDATE OF kind, name ON source
WHEN new.name IS NOT old.name OR new.kind IS NOT old.kind
BEGIN
  INSERT INTO name_change (kind, thing, before, after)
  VALUES ('source', old.id, old.kind || ':' || old.name, new.kind || ':' || new.name);
END;
CREATE TRIGGER source_is_gone AFTER DELETE ON source
BEGIN
  INSERT INTO name_change (kind, thing, before) VALUES ('source', old.id, old.kind || ':' || old.name);
END;

CREATE TRIGGER product_is_renamed AFTER UPDATE OF sku ON product
WHEN new.sku IS NOT old.sku COLLATE BINARY
BEGIN INSERT INTO name_change (kind, thing, before, after) VALUES ('product', old.id, old.sku, new.sku); END;
CREATE TRIGGER product_is_moved AFTER UPDATE OF rung ON product WHEN new.rung IS NOT old.rung
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('holds', old.id, old.sku); END;
CREATE TRIGGER product_is_gone AFTER DELETE ON product
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('product', old.id, old.sku); END;
CREATE TRIGGER product_part_is_added AFTER INSERT ON product_part
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('holds', new.bundle, ''); END;
CREATE TRIGGER product_part_is_gone AFTER DELETE ON product_part
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('holds', old.bundle, ''); END;

CREATE TRIGGER message_is_renamed AFTER UPDATE OF name ON message WHEN new.name IS NOT old.name
BEGIN INSERT INTO name_change (kind, thing, before, after) VALUES ('message', old.id, old.name, new.name); END;
CREATE TRIGGER message_is_gone AFTER DELETE ON message
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('message', old.id, old.name); END;

CREATE TRIGGER sequence_is_renamed AFTER UPDATE OF name ON sequence WHEN new.name IS NOT old.name
BEGIN INSERT INTO name_change (kind, thing, before, after) VALUES ('sequence', old.id, old.name, new.name); END;
CREATE TRIGGER sequence_is_gone AFTER DELETE ON sequence
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('sequence', old.id, old.name); END;

CREATE TRIGGER field_is_gone AFTER DELETE ON field
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('field', old.id, old.key); END;

CREATE TRIGGER business_is_changed AFTER UPDATE OF currency, zone ON business
WHEN new.currency IS NOT old.currency OR new.zone IS NOT old.zone
BEGIN INSERT INTO name_change (kind, thing, before) VALUES ('business', 1, ''); END;

-- A version of a sequence stays as it was published, but that it calls things by the names they have.
DROP TRIGGER sequence_version_is_immutable;
CREATE TRIGGER sequence_version_is_immutable
BEFORE UPDATE OF id, sequence, number, created_at ON sequence_version
BEGIN SELECT RAISE (ABORT, 'a sequence version is immutable'); END;
CREATE TRIGGER sequence_graph_is_immutable BEFORE UPDATE OF graph ON sequence_version
WHEN NOT EXISTS (SELECT 1 FROM name_change WHERE after IS NOT NULL)
BEGIN SELECT RAISE (ABORT, 'a sequence version is immutable'); END;
