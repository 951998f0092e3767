/* rungs-mailbox-case.c: somebody who was sent one message, and a mailbox. */

#include "rungs-mailbox-case.h"

static void
write_facts (RungsFixture *self,
             RungsDb      *db)
{
  rungs_fixture_add_lead (self, READER, "Fionn");
  rungs_fixture_run (self, "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
                           " VALUES (1, 'Offer', 'p', 'v', 0, 0)");
  rungs_fixture_run (self, "INSERT INTO outbox (id, lead, message, state, due_at, message_id,"
                           "                    email, created_at)"
                           " VALUES (1, 1, 1, 'sent', 0, '" OURS "', '" READER "', 0)");
}

static gboolean
add_mailbox (RungsDb *db,
             gpointer data,
             GError **error)
{
  return rungs_mailbox_add (db, data, 1, error);
}

void
rungs_mailbox_case_begin (RungsFixture *fixture,
                          RungsMailbox *mailbox)
{
  rungs_fixture_write (fixture, write_facts);
  g_assert_true (rungs_db_write (fixture->db, add_mailbox, mailbox, NULL));
}

gboolean
rungs_mailbox_case_look (RungsFixture        *fixture,
                         const RungsMailbox  *mailbox,
                         RungsMailboxReport  *report,
                         GError             **error)
{
  g_autoptr (RungsMailbox) stored = rungs_mailbox_load (fixture->db, mailbox->id, NULL);

  *report = (RungsMailboxReport){ 0 };
  return rungs_mailbox_round (fixture->db, fixture->clock, stored, PASSWORD, NULL, report, error);
}
