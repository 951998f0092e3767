-- 034-replies.sql: walks that stand still because the lead replied.

-- The event of the reply to which a person is still to answer; NULL: the walk does not stand still. It goes on when the
-- task of that reply (task.event) is done.
ALTER TABLE enrolment ADD COLUMN held_by INTEGER;
CREATE INDEX enrolment_held ON enrolment (held_by) WHERE held_by IS NOT NULL;
