/* test-return-store.c: what comes back by mail does what it means, once, and only for messages that
 * are ours. */

#include "mail/rungs-return-store.h"

#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-suppression-store.h"
#include "rungs-fixture.h"

#define OURS "3a2c4714@quaylane.example"
#define READER "fionn@inbox.example"

/* A message that was sent to Fionn, who agreed to it. */
static gint64
add_sent (RungsFixture *self,
          const char   *state)
{
  gint64 lead = rungs_fixture_add_lead (self, READER, "Fionn");
  g_autofree char *outbox = g_strdup_printf (
    "INSERT INTO outbox (id, lead, message, state, due_at, message_id, email, created_at)"
    " VALUES (1, %" G_GINT64_FORMAT ", 1, '%s', 0, '" OURS "', '" READER "', 0)",
    lead, state);

  rungs_fixture_run (self, "INSERT INTO message (id, name, purpose, value, created_at, updated_at)"
                           " VALUES (1, 'Offer', 'p', 'v', 0, 0)");
  rungs_fixture_run (self, outbox);
  g_assert_cmpint (rungs_consent_give (self->db, lead, RUNGS_PURPOSE_MARKETING,
                                       RUNGS_CHANNEL_EMAIL, 1, "form", "yes", NULL),
                   !=, 0);
  return lead;
}

static char *
make_report (const char *status,
             const char *message_id,
             const char *recipient)
{
  return g_strdup_printf ("From: MAILER-DAEMON@mx.example\r\n"
                          "Content-Type: multipart/report; boundary=b\r\n\r\n"
                          "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
                          "Reporting-MTA: dns; mx.example\r\n\r\n"
                          "Final-Recipient: rfc822; %s\r\nAction: failed\r\nStatus: %s\r\n"
                          "Diagnostic-Code: smtp; 550 %s no\r\n\r\n"
                          "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
                          "Message-ID: <%s>\r\n\r\n--b--\r\n",
                          recipient, status, status, message_id);
}

static char *
make_mail (const char *from,
           const char *about,
           const char *header,
           const char *text)
{
  return g_strdup_printf ("From: %s\r\nIn-Reply-To: <%s>\r\n%sSubject: Re: x\r\n\r\n%s\r\n", from,
                          about, header, text);
}

static RungsReturnTaken
take (RungsFixture *self,
      const char   *mail)
{
  g_autoptr (GBytes) bytes = g_bytes_new (mail, strlen (mail));
  g_autoptr (GError) error = NULL;
  RungsReturnTaken taken = RUNGS_RETURN_TAKEN_NOT;

  rungs_return_take (self->db, bytes, rungs_fixture_now (self), &taken, &error);
  g_assert_no_error (error);
  return taken;
}

static RungsSuppressed
get_suppressed (RungsFixture *self)
{
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

  g_assert_true (rungs_suppression_check (self->db, READER, &reason, NULL));
  return reason;
}

static gint64
count_events (RungsFixture *self,
              const char   *kind)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT count (*) FROM event WHERE kind = '%s' AND lead = 1 AND ref = 1", kind);

  return rungs_fixture_number (self, sql);
}

static RungsConsentState
get_consent (RungsFixture *self)
{
  RungsConsentState state = RUNGS_CONSENT_NONE;

  g_assert_true (rungs_consent_state (self->db, 1, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                                      &state, NULL));
  return state;
}

static void
test_bounce (RungsFixture *self,
             RungsDb      *db)
{
  g_autofree char *report = make_report ("5.1.1", OURS, READER);

  add_sent (self, "sent");
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_cmpint (count_events (self, "mail.bounced"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT bounced_at FROM lead"), ==,
                   rungs_fixture_now (self));

  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_BEFORE);
  g_assert_cmpint (count_events (self, "mail.bounced"), ==, 1);
}

/* The lead has another address now: that one is good. */
static void
test_old_address (RungsFixture *self,
                  RungsDb      *db)
{
  g_autofree char *report = make_report ("5.1.1", OURS, READER);

  add_sent (self, "sent");
  rungs_fixture_run (self, "UPDATE lead SET email = 'new@inbox.example',"
                           " email_key = 'new@inbox.example'");
  rungs_fixture_run (self, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (bounced_at) FROM lead"), ==, 0);
}

static void
test_blocked (RungsFixture *self,
              RungsDb      *db)
{
  g_autofree char *report = make_report ("5.2.2", OURS, READER);

  add_sent (self, "sent");
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_NOT);
  g_assert_cmpint (count_events (self, "mail.blocked"), ==, 1);
}

/* A bounce that names no message of ours strikes nobody off before a person has said so. */
static void
test_forged (RungsFixture *self,
             RungsDb      *db)
{
  g_autofree char *report = make_report ("5.1.1", "guessed@quaylane.example", READER);
  g_autofree char *stranger = make_report ("5.1.1", "guessed@quaylane.example", "x@y.example");
  g_autoptr (GPtrArray) unclear = NULL;
  g_autoptr (GError) error = NULL;
  RungsReturnUnclear *first;

  add_sent (self, "sent");
  g_assert_cmpint (take (self, stranger), ==, RUNGS_RETURN_TAKEN_NOT);
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_UNCLEAR);
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_BEFORE);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_NOT);

  unclear = rungs_return_list_unclear (db, 10, NULL);
  g_assert_cmpuint (unclear->len, ==, 1);
  first = unclear->pdata[0];
  g_assert_cmpstr (first->lead_name, ==, "Fionn");
  g_assert_cmpint (first->lead, ==, 1);
  g_assert_true (rungs_return_believe (db, first->id, rungs_fixture_now (self), NULL));
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_BOUNCED);
  g_assert_false (rungs_return_dismiss (db, first->id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_dismissed (RungsFixture *self,
                RungsDb      *db)
{
  g_autofree char *report = make_report ("5.1.1", "guessed@quaylane.example", READER);
  g_autoptr (GPtrArray) unclear = NULL;

  add_sent (self, "sent");
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_UNCLEAR);
  g_assert_true (rungs_return_dismiss (db, 1, NULL));
  unclear = rungs_return_list_unclear (db, 10, NULL);
  g_assert_cmpuint (unclear->len, ==, 0);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_NOT);
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_BEFORE);
}

static void
test_complaint (RungsFixture *self,
                RungsDb      *db)
{
  static const char COMPLAINT[]
    = "From: abuse@inbox.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n"
      "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n"
      "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <" OURS ">\r\n\r\n--b--\r\n";

  add_sent (self, "sent");
  g_assert_cmpint (take (self, COMPLAINT), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_COMPLAINED);
  g_assert_cmpint (get_consent (self), ==, RUNGS_CONSENT_WITHDRAWN);
  g_assert_cmpint (count_events (self, "mail.complained"), ==, 1);
}

/* Also by somebody who writes from another address than the one that was written to. */
static void
test_unsubscribe (RungsFixture *self,
                  RungsDb      *db)
{
  add_sent (self, "sent");
  g_assert_cmpint (take (self, "From: f@home.example\r\nSubject: unsubscribe " OURS "\r\n\r\n"), ==,
                   RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_UNSUBSCRIBED);
  g_assert_cmpint (get_consent (self), ==, RUNGS_CONSENT_WITHDRAWN);
}

/* "No more" is obeyed whatever it answers, if a lead says it. */
static void
test_plain_no (RungsFixture *self,
               RungsDb      *db)
{
  g_autofree char *no = make_mail ("Fionn <Fionn@Inbox.example>", "x@y.example", "", "STOP.");
  g_autofree char *stranger = make_mail ("x@y.example", "x@y.example", "", "STOP.");

  add_sent (self, "sent");
  g_assert_cmpint (take (self, stranger), ==, RUNGS_RETURN_TAKEN_NOT);
  g_assert_cmpint (take (self, no), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_UNSUBSCRIBED);
  g_assert_cmpint (get_consent (self), ==, RUNGS_CONSENT_WITHDRAWN);
}

static void
test_reply (RungsFixture *self,
            RungsDb      *db)
{
  g_autofree char *reply = make_mail (READER, OURS, "", "Does it come with glaze?");
  g_autofree char *absence = make_mail (READER, OURS, "Auto-Submitted: auto-replied\r\n", "Away");
  g_autofree char *other = make_mail (READER, "x@y.example", "", "Sunday?");

  add_sent (self, "sent");
  g_assert_cmpint (take (self, other), ==, RUNGS_RETURN_TAKEN_NOT);
  g_assert_cmpint (take (self, absence), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (take (self, reply), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (count_events (self, "mail.replied"), ==, 1);
  g_assert_cmpint (count_events (self, "mail.absent"), ==, 1);
  g_assert_cmpint (get_suppressed (self), ==, RUNGS_SUPPRESSED_NOT);
  g_assert_cmpint (
    rungs_fixture_number (self, "SELECT count (*) FROM event WHERE kind = 'mail.replied'"
                                "   AND detail = 'Does it come with glaze?'"),
    ==, 1);
}

/* Something came back: so it had left. */
static void
test_doubt (RungsFixture *self,
            RungsDb      *db)
{
  g_autofree char *reply = make_mail (READER, OURS, "", "Thanks!");

  add_sent (self, "doubt");
  g_assert_cmpint (take (self, reply), ==, RUNGS_RETURN_TAKEN);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT state = 'sent' FROM outbox"), ==, 1);
}

static void
test_wanted (RungsFixture *self,
             RungsDb      *db)
{
  static const struct
  {
    const char *headers;
    gboolean wanted;
  } CASES[] = {
    { "From: x@y.example\r\nSubject: Sunday\r\n\r\n", FALSE },
    { "From: x@y.example\r\nReferences: <a@b.example> <" OURS ">\r\n\r\n", TRUE },
    { "From: " READER "\r\n\r\n", TRUE },
    { "From: x@y.example\r\nContent-Type: multipart/report; boundary=b\r\n\r\n", TRUE },
    { "From: Mailer-Daemon@y.example\r\n\r\n", TRUE },
    { "From: x@y.example\r\nSubject: unsubscribe " OURS "\r\n\r\n", TRUE },
    { "", FALSE },
  };

  add_sent (self, "sent");
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsReturn) read
        = rungs_return_read (CASES[i].headers, strlen (CASES[i].headers));
      gboolean wanted = FALSE;

      g_test_message ("%s", CASES[i].headers);
      g_assert_true (rungs_return_is_wanted (db, read, &wanted, NULL));
      g_assert_cmpint (wanted, ==, CASES[i].wanted);
    }
}

/* A mail that waits for a person is forgotten with the one whom it names. */
static void
test_erased (RungsFixture *self,
             RungsDb      *db)
{
  g_autofree char *report
    = make_report ("5.1.1", "guessed@quaylane.example", "Fionn@Inbox.example");
  g_autoptr (RungsErasure) erasure = NULL;

  add_sent (self, "sent");
  g_assert_cmpint (take (self, report), ==, RUNGS_RETURN_TAKEN_UNCLEAR);
  erasure = rungs_lead_erase (db, 1, "asked", rungs_fixture_now (self), NULL);
  g_assert_nonnull (erasure);
  g_assert_cmpint (rungs_fixture_number (self, "SELECT count (raw) FROM mail_return"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/return-store/bounce", test_bounce);
  rungs_fixture_add_test ("/return-store/old-address", test_old_address);
  rungs_fixture_add_test ("/return-store/blocked", test_blocked);
  rungs_fixture_add_test ("/return-store/forged", test_forged);
  rungs_fixture_add_test ("/return-store/dismissed", test_dismissed);
  rungs_fixture_add_test ("/return-store/complaint", test_complaint);
  rungs_fixture_add_test ("/return-store/unsubscribe", test_unsubscribe);
  rungs_fixture_add_test ("/return-store/plain-no", test_plain_no);
  rungs_fixture_add_test ("/return-store/reply", test_reply);
  rungs_fixture_add_test ("/return-store/doubt", test_doubt);
  rungs_fixture_add_test ("/return-store/wanted", test_wanted);
  rungs_fixture_add_test ("/return-store/erased", test_erased);
  return g_test_run ();
}
