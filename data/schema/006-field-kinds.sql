-- 006-field-kinds.sql: more kinds of fields of the business's own, their order, and their retirement.

-- A field of the business's own ("Dog's name").
CREATE TABLE field_of_kind (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given again: timelines name it
  key             TEXT NOT NULL UNIQUE,           -- a-z, 0-9, _: how messages and rules name it
  label           TEXT NOT NULL,                  -- how people read it
  kind            TEXT NOT NULL DEFAULT 'text' CHECK (kind IN
                    ('text', 'long', 'number', 'money', 'date', 'yesno', 'one', 'several', 'phone', 'link')),
  currency        TEXT,                           -- of money: ISO 4217, that of all its values; else NULL
  position        INTEGER NOT NULL DEFAULT 0,     -- in rising order: where it stands in forms
  created_at      INTEGER NOT NULL,
  retired_at      INTEGER,                        -- no longer offered in forms, its values stay; NULL: in use
  CHECK ((kind = 'money') = (currency IS NOT NULL))
) STRICT;
INSERT INTO field_of_kind (id, key, label, kind, position, created_at)
SELECT id, key, label, kind, row_number () OVER (ORDER BY label, id), created_at FROM field;

-- The values of those fields, each as its kind has it:
--   text     as it was written                  yesno    'yes' or 'no'
--   long     the same, lines parted by \n       one      the key of a choice
--   number   a decimal with a point, '12.5'     several  keys of choices in the order of the alphabet,
--   money    minor units, '4900'                         parted by commas: 'garden,kitchen'
--   date     'YYYY-MM-DD'                       phone    '+353861234567' (ITU-T E.164); digits as they
--   link     a URL of http, https or mailto              are dialled where the country is not known;
--                                                        an extension follows as ' x12'
CREATE TABLE value_of_field (
  lead            INTEGER NOT NULL REFERENCES lead ON DELETE CASCADE,
  field           INTEGER NOT NULL REFERENCES field_of_kind ON DELETE CASCADE,
  value           TEXT NOT NULL,
  PRIMARY KEY (lead, field)
) STRICT, WITHOUT ROWID;
INSERT INTO value_of_field (lead, field, value) SELECT lead, field, value FROM lead_value;

-- In this order nothing that is dropped is referred to, so that no value goes with its field.
DROP TABLE lead_value;
DROP TABLE field;
ALTER TABLE field_of_kind RENAME TO field;
ALTER TABLE value_of_field RENAME TO lead_value;

-- What can be chosen in a field of the kinds 'one' and 'several'.
CREATE TABLE field_choice (
  field           INTEGER NOT NULL REFERENCES field ON DELETE CASCADE,
  key             TEXT NOT NULL,                  -- a-z, 0-9, _: what values and rules hold; stays when
                                                  -- the label changes
  label           TEXT NOT NULL,                  -- how people read it
  position        INTEGER NOT NULL,               -- in rising order
  retired_at      INTEGER,                        -- no longer offered, values stay; NULL: in use
  PRIMARY KEY (field, key)
) STRICT, WITHOUT ROWID;
