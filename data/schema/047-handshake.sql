-- 047-handshake.sql: the word with which a provider asks whether an endpoint is ours.

-- Meta asks with it once, when the webhook is set up; the relay answers. '': none is asked for.
ALTER TABLE web_endpoint ADD COLUMN handshake TEXT NOT NULL DEFAULT '';
