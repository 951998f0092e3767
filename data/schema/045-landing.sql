-- 045-landing.sql: landing pages and sales letters on the web.

CREATE TABLE landing_page (
  id              INTEGER PRIMARY KEY,
  slug            TEXT NOT NULL UNIQUE,           -- it stands at /p/SLUG of the relay
  draft           TEXT NOT NULL,                  -- JSON, as src/core/web/rungs-landing.h tells
  published       TEXT,                           -- the draft that people see; NULL: none was published yet
  product         INTEGER REFERENCES product,     -- whose sales letter it is; NULL: of none
  letter_ppc      INTEGER REFERENCES sales_letter ON DELETE SET NULL,  -- whose address is that of the page …
  letter_email    INTEGER REFERENCES sales_letter ON DELETE SET NULL,  -- … in each of its variants
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,               -- of the draft
  published_at    INTEGER,
  retired_at      INTEGER                         -- there is nothing at its address any more; NULL: in use
) STRICT;
