-- 051-relay-mail.sql: the relay can ask people itself to confirm their address, by an account that it was given.

ALTER TABLE web_relay ADD COLUMN mail_account INTEGER   -- by which it sends; NULL: it does not
  REFERENCES account ON DELETE SET NULL;
ALTER TABLE web_relay ADD COLUMN mail_there INTEGER NOT NULL DEFAULT 0   -- it had one when it was last asked
  CHECK (mail_there IN (0, 1));
ALTER TABLE web_relay ADD COLUMN mail_trouble TEXT NOT NULL DEFAULT '';  -- why it could not send; '': it could

-- 1: the relay sends the message, and has not said yet what became of it.
ALTER TABLE opt_in_pending ADD COLUMN by_relay INTEGER NOT NULL DEFAULT 0 CHECK (by_relay IN (0, 1));
CREATE INDEX opt_in_pending_relay ON opt_in_pending (id) WHERE by_relay = 1;
