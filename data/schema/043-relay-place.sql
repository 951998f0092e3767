-- 043-relay-place.sql: a relay can run on this computer, for trying, or for a tablet at a fair.

-- elsewhere: on a server. here: the engine starts it, on this computer, reached by nobody else.
-- office: the same, reached by all of its network.
ALTER TABLE web_relay ADD COLUMN place TEXT NOT NULL DEFAULT 'elsewhere'
  CHECK (place IN ('elsewhere', 'here', 'office'));
