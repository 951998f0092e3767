-- 007-notes.sql: calls and meetings beside notes, and search in all of them.

-- What a note, a call or a meeting has besides the time and the text of its event ('note.added',
-- 'call.logged', 'meeting.logged'; older notes have no row here). All three can be edited: then the event is.
CREATE TABLE note (
  event           INTEGER PRIMARY KEY REFERENCES event ON DELETE CASCADE,
  who             TEXT NOT NULL DEFAULT '',       -- who wrote it, called, met: free text
  direction       TEXT NOT NULL DEFAULT '' CHECK (direction IN ('', 'in', 'out')),  -- of a call: who called
  outcome         TEXT NOT NULL DEFAULT '',       -- of a call: a word of leads/rungs-note.h; of a meeting: text
  place           TEXT NOT NULL DEFAULT ''        -- of a meeting
) STRICT;

-- The notes, calls and meetings of a lead.
CREATE INDEX event_note ON event (lead, at, id) WHERE kind IN ('note.added', 'call.logged', 'meeting.logged');

-- What is searched of a lead; the index gives the texts their order.
CREATE VIEW lead_text AS
  SELECT l.id AS id, l.email AS email, l.first_name AS first_name, l.last_name AS last_name,
         l.company AS company, l.city AS city, l.phone AS phone, l.notes AS notes,
         coalesce ((SELECT group_concat (v.detail || coalesce (' ' || n.who || ' ' || n.place
                                          || iif (v.kind = 'meeting.logged', ' ' || n.outcome, ''), ''),
                                         char (10))
                      FROM event v INDEXED BY event_note LEFT JOIN note n ON n.event = v.id
                     WHERE v.lead = l.id
                       AND v.kind IN ('note.added', 'call.logged', 'meeting.logged')), '') AS logged
    FROM lead l;

-- Search as you type, now in notes too. Derived from lead_text; `rungsctl check` compares, and can rebuild.
DROP TABLE lead_search;
CREATE VIRTUAL TABLE lead_search USING fts5 (
  email, first_name, last_name, company, city, phone, notes, logged,
  content = 'lead_text', content_rowid = 'id',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
INSERT INTO lead_search (lead_search) VALUES ('rebuild');
