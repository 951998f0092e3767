-- 041-click-log.sql: links of messages that were followed.

-- A request at the address of a link. Whose message it was in says the delivery.
CREATE TABLE web_click (
  delivery        INTEGER PRIMARY KEY REFERENCES web_delivery ON DELETE CASCADE,
  mail            INTEGER NOT NULL,               -- outbox: that line may be gone by now
  target          TEXT NOT NULL,                  -- where it leads
  at              INTEGER NOT NULL,
  machine         INTEGER CHECK (machine IN (0, 1)),  -- 1: no person; NULL: that is not known yet
  why             TEXT NOT NULL DEFAULT ''        -- 'head', 'prefetch', 'agent', 'soon', 'burst', 'same': by what
                                                  -- a machine was known
) STRICT;
CREATE INDEX web_click_mail ON web_click (mail, at);
CREATE INDEX web_click_open ON web_click (at) WHERE machine IS NULL;
